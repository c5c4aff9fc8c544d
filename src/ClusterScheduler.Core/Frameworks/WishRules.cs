using System.Collections.Immutable;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Frameworks;

/// <summary>What a framework's wishes must fulfil, and what the allocator gets of them.</summary>
public static class WishRules
{
    /// <summary>The first rule that is broken: a sentence with what would be right; else none.</summary>
    public static string? Check(FrameworkInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        if (info.Wishes.Select(static wishes => wishes.Role).Distinct(StringComparer.Ordinal).Count()
            != info.Wishes.Length)
        {
            return "wishes for one role are said twice";
        }

        return info.Wishes.Select(wishes => Check(info, wishes)).FirstOrDefault(static broken => broken is not null);
    }

    /// <summary>The framework as the allocator knows it; its description has been checked.</summary>
    /// <param name="id">The framework.</param>
    /// <param name="info">Its description.</param>
    /// <param name="suppressed">Roles in which it wants nothing for now; others than its own are ignored.</param>
    public static FrameworkProfile ProfileOf(FrameworkId id, FrameworkInfo info, ImmutableArray<string> suppressed)
    {
        ArgumentNullException.ThrowIfNull(info);
        return new FrameworkProfile(id, [.. info.Roles.Select(RoleName.Parse)])
        {
            Capabilities = CapabilityNames.Read(info.Capabilities),
            SuppressedRoles = [.. suppressed.Where(role => info.Roles.Contains(role)).Select(RoleName.Parse)],
            MinAllocatable = info.Wishes.Where(static wishes => !wishes.MinAllocatable.IsEmpty)
                .ToDictionary(
                    static wishes => RoleName.Parse(wishes.Role),
                    static wishes => new MinAllocatable(wishes.MinAllocatable)),
            Constraints = info.Wishes.Where(static wishes => !wishes.Constraints.IsEmpty)
                .ToDictionary(
                    static wishes => RoleName.Parse(wishes.Role),
                    static wishes => new OfferConstraints(
                        [.. wishes.Constraints.Select(static group => group.All.Select(Constraint).ToArray())])),
        };
    }

    private static string? Check(FrameworkInfo info, RoleWishes wishes)
    {
        if (!info.Roles.Contains(wishes.Role))
        {
            return $"there are wishes for role '{wishes.Role}', which is not a role of the framework";
        }

        if (wishes.MinAllocatable.Length > MinAllocatable.AlternativesMax
            || !MinAllocatable.TryParse(string.Join('|', wishes.MinAllocatable), out _, out _))
        {
            return $"the smallest offers for role '{wishes.Role}' must be plain scalars such as cpus:2;mem:512, in at "
                + $"most {MinAllocatable.AlternativesMax} alternatives";
        }

        var conditions = wishes.Constraints.SelectMany(static group => group.All).ToImmutableArray();
        if (conditions.Length > OfferConstraints.ConstraintsMax
            || wishes.Constraints.Any(static group => group.All.IsDefaultOrEmpty))
        {
            return $"the constraints for role '{wishes.Role}' must have 1 to {OfferConstraints.ConstraintsMax} "
                + "conditions, and no group without any";
        }

        var wrong = conditions.FirstOrDefault(static condition => Create(condition) is null);
        return wrong is null
            ? null
            : $"the condition '{wrong.Name} {wrong.Predicate} {wrong.Text}' for role '{wishes.Role}' cannot be: an "
            + $"attribute needs a name, and a pattern at most {AttributeConstraint.PatternCharactersMax} characters "
            + "without look-around and back references";
    }

    private static AttributeConstraint Constraint(AttributeCondition condition) =>
        Create(condition) ?? throw new InvalidOperationException($"{condition} was not checked");

    private static AttributeConstraint? Create(AttributeCondition condition) => AttributeConstraint.TryCreate(
        condition.Selector, condition.Name, condition.Predicate, condition.Text);
}
