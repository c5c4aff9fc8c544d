using System.Globalization;
using System.Text.RegularExpressions;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>Offer constraints from the definitions: a group holds with all its conditions.</summary>
internal sealed partial class NaiveAllocator
{
    private static bool IsWanted(AgentProfile agent, OfferConstraints wanted) =>
        wanted.Groups.Count == 0 || wanted.Groups.Any(group => group.All(condition => Holds(agent, condition)));

    private static bool Holds(AgentProfile agent, AttributeConstraint condition)
    {
        var value = condition.Selector switch
        {
            AttributeSelector.Hostname => agent.Hostname,
            AttributeSelector.Region => agent.Domain?.Region,
            AttributeSelector.Zone => agent.Domain?.Zone is "" ? null : agent.Domain?.Zone,
            _ => agent.Attributes.Where(attribute => attribute.Name == condition.Name)
                .Select(attribute => attribute.Value).FirstOrDefault(),
        };
        var isExistence = condition.Predicate is AttributePredicate.Exists or AttributePredicate.NotExists;
        if (!isExistence && condition.Selector == AttributeSelector.Attribute && value is not null && !IsText(value))
        {
            return true;
        }

        return condition.Predicate switch
        {
            AttributePredicate.Exists => value is not null,
            AttributePredicate.NotExists => value is null,
            AttributePredicate.TextEquals => value == condition.Text,
            AttributePredicate.TextNotEquals => value != condition.Text,
            AttributePredicate.TextMatches => IsMatch(value, condition.Text),
            AttributePredicate.TextNotMatches => !IsMatch(value, condition.Text),
            _ => throw new InvalidOperationException(condition.ToString()),
        };
    }

    private static bool IsMatch(string? value, string pattern) =>
        value is not null && Regex.IsMatch(value, $"\\A(?:{pattern})\\z", RegexOptions.NonBacktracking);

    // Neither a number nor ranges of them.
    private static bool IsText(string value) =>
        !double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
        && !(value[0] == '[' && value[^1] == ']');
}
