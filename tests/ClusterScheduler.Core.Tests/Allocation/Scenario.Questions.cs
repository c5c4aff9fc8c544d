using System.Globalization;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>The commands that ask and change nothing but inverse offers.</summary>
internal sealed partial class Scenario
{
    private IEnumerable<string> Ask(string question, string[] arguments) => question switch
    {
        "roles" => Fast.ViewRoles().Select(RoleLine),
        "shares" => arguments.SelectMany(f => Fast.ViewFramework(Framework(f))).Select(client =>
            $"{client.Framework} in {client.Role}: {Percent(client.DominantShare)}, {Text(client.Allocated)}"),
        "free" => Fast.ViewAgents().Select(agent => $"{agent.Profile.Id}: {Text(agent.Free)}"),
        "why" => Why(arguments),
        "why-role" => WhyRole(RoleName.Parse(arguments[0])),
        "next" => [Fast.NextChange is { } next ? $"in {(next - now).TotalSeconds:0.###} s" : "never"],
        "maintenance" => Answer(Fast.UpdateUnavailability(
            Agent(arguments[0]),
            arguments[1] == "none" ? null : new Unavailability(now + Seconds(arguments[1]), null))),
        "inverse" => Lines(Fast.AllocateInverse(now)
            .Select(i => $"{i.Framework} is asked to leave {i.Agent}: {i.Resources}")),
        "answer-inverse" => Answer(Fast.RecoverInverse(
            Framework(arguments[0]), Agent(arguments[1]), Seconds(arguments[2]), now)),
        "overdue" => Lines(Fast.Overdue(now).Select(o => $"{o.Framework} holds {o.Agent}: {o.Resources}")),
        "held" => Fast.ViewHeldOffers(now).Select(HeldLine),
        "await" => Await(arguments),
        "revocable" => Answer(Fast.UpdateRevocable(
            Agent(arguments[0]), arguments[1] == "none" ? ResourceSet.Empty : ResourceSet.Parse(arguments[1]))),
        "against-quota" => Lines(Fast.OffersAgainstQuota()
            .Select(o => $"{o.Agent} back from {o.Framework} in {o.Role}: {o.Resources}")),
        _ => AboutTasks(question, arguments),
    };

    private static string[] Lines(IEnumerable<string> lines)
    {
        var all = lines.ToArray();
        return all.Length == 0 ? ["nothing"] : all;
    }

    private static string Percent(double share) =>
        share.ToString("0.0%", CultureInfo.InvariantCulture).Replace(" ", "");

    private static string Text(ResourceSet set) => set.IsEmpty ? "nothing" : set.ToString();

    private static string RoleLine(RoleView role)
    {
        var limit = string.Join(';', role.Limit.Select(l => $"{l.Key}:{l.Value}"));
        return $"{role.Role}: {Percent(role.DominantShare)}"
            + (role.Weight == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", weight {role.Weight}"))
            + $", consumed {Text(role.Consumed)}"
            + (role.Offered.IsEmpty ? "" : $", offered {role.Offered}")
            + (role.Guarantee.IsEmpty ? "" : $", guarantee {role.Guarantee}, lacks {Text(role.Unmet)}")
            + (limit.Length == 0 ? "" : $", limit {limit}");
    }

    private static string HeldLine(HeldOffersView held) => string.Create(
        CultureInfo.InvariantCulture,
        $"{held.Framework}: {held.Agents} agents, {Text(held.Held)}, {held.HeldCpuSeconds:0.#} cpu seconds, ")
        + $"{Percent(held.UsedPart)} used{(held.IsHoarder ? ", a hoarder" : "")}";

    // Groups separated by a bar, conditions by &: rack/Exists, Hostname/TextEquals/h1, rack/TextNotMatches/r[12].
    public static OfferConstraints Wants(string groups) => new(
    [
        .. groups.Split('|').Select(group => group.Split('&').Select(condition =>
        {
            var parts = condition.Split('/');
            var isFact = Enum.TryParse<AttributeSelector>(parts[0], out var selector);
            return AttributeConstraint.TryCreate(
                isFact ? selector : AttributeSelector.Attribute,
                isFact ? "" : parts[0],
                Enum.Parse<AttributePredicate>(parts[1]),
                parts.Length > 2 ? parts[2] : "")!;
        }).ToArray()),
    ]);

    private string[] Await(string[] arguments)
    {
        Fast.AwaitAgents(int.Parse(arguments[0], CultureInfo.InvariantCulture), now + Seconds(arguments[1]));
        return [];
    }

    private IEnumerable<string> Why(string[] arguments)
    {
        var demand = arguments.Length > 2 ? ResourceSet.Parse(arguments[2]) : ResourceSet.Empty;
        if (Fast.Why(Framework(arguments[0]), RoleName.Parse(arguments[1]), demand, now) is not { } why)
        {
            yield return "not known";
            yield break;
        }

        yield return $"{why.Agents} agents: " + string.Join(", ", why.RuledOut.Select(rule =>
            $"{rule.Key} {rule.Value}" + (why.First.TryGetValue(rule.Key, out var first) && first == rule.Value
                ? ""
                : $" (first at {first})")));
        foreach (var kept in why.KeptFor)
        {
            yield return $"kept: {kept.Amounts} for {kept.Role}";
        }

        foreach (var near in why.Nearest.Take(3))
        {
            yield return $"{near.Agent}: {(near.Rules.Count == 0 ? "None" : string.Join('+', near.Rules))}, "
                + $"could have {Text(near.Offerable)}"
                + (near.Offerable == near.Free ? "" : $" of {Text(near.Free)}")
                + (near.Missing.IsEmpty ? "" : $", lacks {near.Missing}");
        }

        yield return "order: " + string.Join(", ", why.Position.Select(p => $"{p.Name} {p.Place} of {p.Of}"));
        foreach (var quota in why.Quota)
        {
            yield return "quota: " + RoleLine(quota);
        }

        foreach (var filter in why.Filters)
        {
            yield return $"filter: {filter.Agent} {filter.Refused} for {(filter.Until - now).TotalSeconds:0.###} s";
        }
    }

    private IEnumerable<string> WhyRole(RoleName role)
    {
        if (Fast.WhyRole(role) is not { } why)
        {
            return ["not known"];
        }

        var clients = why.Frameworks.Select(f => $"{f.Framework} {(f.IsActive ? "" : "(wants nothing) ")}"
            + Percent(f.DominantShare));
        return
        [
            RoleLine(why.Role),
            "order: " + string.Join(", ", why.Position.Select(p => $"{p.Name} {p.Place} of {p.Of}")),
            $"may still get {Text(why.MayStillGet)}",
            "frameworks: " + string.Join(", ", clients),
        ];
    }
}
