using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>Questions, whose answers must be the twin's.</summary>
internal sealed partial class HistoryRun
{
    private int asked;

    /// <summary>One after each step, by turns: all of them take longer than the history.</summary>
    private string? Question(int which)
    {
        var (framework, role) = (HistoryChoices.Framework(which), HistoryChoices.Role(which / 5));
        var agent = HistoryChoices.Agent(which / 7);
        return (asked++ % 5) switch
        {
            0 => FreeAgents(which, framework, role, agent),
            1 => Answers("overdue", naive.Overdue(now), fast.Overdue(now)
                .Select(held => $"{held.Agent} {held.Framework} {held.Role} {held.Since.Ticks} {held.Resources}")
                .Order(StringComparer.Ordinal)),
            2 => Answers("held", naive.ViewHeldOffers(now), fast.ViewHeldOffers(now)
                .OrderBy(held => held.Framework).Select(held =>
                    $"{held.Framework} {held.Agents} {held.Held} {held.OldestSince?.Ticks} {held.IsHoarder}")),
            3 => Suiting(agent, HistoryChoices.Demands[which / 3 % HistoryChoices.Demands.Length]),
            _ => naive.WhyRole(role) is { } expected
                ? Answers($"why {role}", expected, Lines(fast.WhyRole(role)))
                : null,
        };
    }

    private string? FreeAgents(int which, FrameworkId framework, RoleName role, AgentId agent)
    {
        var least = HistoryChoices.Demands[which / 3 % HistoryChoices.Demands.Length];
        var most = 1 + (which % 4);
        return Answers("free agents",
            naive.ViewFreeAgents(framework, role, least, agent, most, now),
            fast.ViewFreeAgents(framework, role, least, agent, most, now)
                .Select(view => $"{view.Profile.Id} {view.Free}"));
    }

    private string? Suiting(AgentId agent, ResourceSet demand)
    {
        var freed = demand.Where(static item => item.Key is { Kind: ResourceKind.Scalar, IsPlain: true });
        return Answers(
            "suits", HistoryChoices.Roles.Where(each => naive.Suits(each, agent)).Select(each => $"{each}"),
            HistoryChoices.Roles.Where(each => fast.Suits(each, agent)).Select(each => $"{each}"))
            ?? Answers(
                $"suits with {freed}",
                HistoryChoices.Roles.Where(each => naive.Suits(each, agent, freed)).Select(each => $"{each}"),
                HistoryChoices.Roles.Where(each => fast.Suits(each, agent, freed)).Select(each => $"{each}"));
    }

    // Of quota and headroom the part that counts something in the cluster.
    private static IEnumerable<string> Lines(WhyRoleAnswer? why) => why is null
        ? ["not known"]
        : why.Frameworks.Select(client => $"{client.Framework} {client.IsActive}")
            .Prepend($"{why.MayStillGet.Where(static item => item.Amount > Scalar.Zero)} of {why.FrameworkCount}");

    private static string? Answers(string about, IEnumerable<string> expected, IEnumerable<string> actual)
    {
        var (twin, allocator) = (string.Join("\n  ", expected), string.Join("\n  ", actual));
        return twin == allocator ? null : $"{about}: twin says\n  {twin}\nallocator says\n  {allocator}";
    }
}
