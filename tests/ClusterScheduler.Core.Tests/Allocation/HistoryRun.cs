using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

using AgentClaim = ClusterScheduler.Core.Allocation.AgentClaim;

/// <summary>Runs a history on the allocator and on its naive twin side by side; any difference ends it.</summary>
internal sealed partial class HistoryRun
{
    private static readonly AllocatorSettings Settings = new()
    {
        Region = "near",
        ExcludedFromFairness = ["licence"],
        OfferTimeout = TimeSpan.FromSeconds(20),
        Hoarding = new HoardingRule(0.2, TimeSpan.FromSeconds(15)),
    };

    private readonly Allocator fast;
    private readonly NaiveAllocator naive;
    private readonly List<Piece> offered = [];
    private readonly List<Piece> used = [];
    private readonly SortedDictionary<AgentId, Piece[]> away = [];
    private readonly List<string> trace = [];
    private DateTimeOffset now = DateTimeOffset.UnixEpoch;

    // One history of four is run with random orders.
    private HistoryRun(IReadOnlyList<HistoryStep> steps)
    {
        var isRandom = steps.Count > 0 && steps[0].C % 4 == 0;
        var settings = isRandom
            ? Settings with { RoleSorter = Sorter.WeightedRandom, FrameworkSorter = Sorter.WeightedRandom, Seed = 7 }
            : Settings;
        (fast, naive) = (new Allocator(settings), new NaiveAllocator(settings));
    }

    /// <summary>Null when all went well, otherwise what went wrong.</summary>
    public static string? Failure(IReadOnlyList<HistoryStep> steps)
    {
        var run = new HistoryRun(steps);
        for (var at = 0; at < steps.Count; at++)
        {
            string? failure;
            try
            {
                failure = run.Take(steps[at])
                    ?? AllocatorInvariants.Broken(run.fast, Held(run.offered), Held(run.used))
                    ?? AllocatorInvariants.Overlooked(run.fast, run.now)
                    ?? run.Question(steps[at].B);
            }
            catch (Exception thrown) when (thrown is not OutOfMemoryException)
            {
                failure = thrown.ToString();
            }

            if (failure is not null)
            {
                return $"step {at} {steps[at]}: {failure}";
            }
        }

        return null;
    }

    /// <summary>Every offer and answer of a history as text, from the fast allocator.</summary>
    public static string Trace(IReadOnlyList<HistoryStep> steps)
    {
        var run = new HistoryRun(steps);
        foreach (var step in steps)
        {
            run.Take(step);
        }

        return string.Join('\n', run.trace);
    }

    private string? Take(HistoryStep step)
    {
        var (kind, a, b, c) = step;
        return kind switch
        {
            StepKind.Allocate => Allocate(a),
            StepKind.Decline => Decline(a, b, c),
            StepKind.DeclineTwice => DeclineTwice(a),
            StepKind.Accept => Accept(a, b),
            StepKind.Finish => Finish(a, b),
            StepKind.AddAgent => AddAgent(a, b, c),
            StepKind.UpdateAgent => Same(
                fast.UpdateAgent(HistoryChoices.Profile(a, b, c)), naive.UpdateAgent(HistoryChoices.Profile(a, b, c))),
            StepKind.SwitchAgent => Same(
                fast.SetAgentActive(HistoryChoices.Agent(a), b % 3 > 0),
                naive.SetAgentActive(HistoryChoices.Agent(a), b % 3 > 0)),
            StepKind.RemoveAgent => RemoveAgent(HistoryChoices.Agent(a)),
            StepKind.AddFramework => Same(
                fast.AddFramework(HistoryChoices.Framework(a, b, c), a % 8 > 0),
                naive.AddFramework(HistoryChoices.Framework(a, b, c), a % 8 > 0)),
            StepKind.UpdateFramework => Same(
                fast.UpdateFramework(HistoryChoices.Framework(a, b, c)),
                naive.UpdateFramework(HistoryChoices.Framework(a, b, c))),
            StepKind.SwitchFramework => Same(
                fast.SetFrameworkActive(HistoryChoices.Framework(a), b % 3 > 0),
                naive.SetFrameworkActive(HistoryChoices.Framework(a), b % 3 > 0)),
            StepKind.RemoveFramework => RemoveFramework(HistoryChoices.Framework(a)),
            StepKind.Suppress => Same(
                fast.Suppress(HistoryChoices.Framework(a), HistoryChoices.Role(b)),
                naive.Suppress(HistoryChoices.Framework(a), HistoryChoices.Role(b))),
            StepKind.Revive => Same(
                fast.Revive(HistoryChoices.Framework(a), HistoryChoices.Role(b)),
                naive.Revive(HistoryChoices.Framework(a), HistoryChoices.Role(b))),
            StepKind.SetWeight => Same(
                fast.SetWeight(HistoryChoices.Role(a), 0.5 + (b % 4)),
                naive.SetWeight(HistoryChoices.Role(a), 0.5 + (b % 4))),
            StepKind.SetQuota => SetQuota(a, c),
            StepKind.Commit => Commit(a, b, c),
            _ => TakeMore(step),
        };
    }

    private string? Allocate(int seconds)
    {
        now += TimeSpan.FromSeconds(seconds % 3 == 0 ? seconds % 30 : 0);
        var expected = naive.Allocate(now);
        var limits = AllocatorInvariants.QuotaBefore(fast);
        var actual = fast.Allocate(now);
        trace.AddRange(actual.Select(Text));
        offered.AddRange(actual.Select(o => new Piece(o.Framework, o.Role, o.Agent, o.Resources)));
        var difference = Difference(expected.Select(Text), actual.Select(Text));
        return difference ?? AllocatorInvariants.QuotaBroken(fast, limits)
            ?? Explanations(offered.Count);
    }

    // Of one framework, all demands in one question.
    private string? Explanations(int which)
    {
        var (framework, role) = (HistoryChoices.Framework(which), HistoryChoices.Role(which / 5));
        if (!naive.IsIn(framework, role))
        {
            return null;
        }

        foreach (var why in fast.WhyEach(framework, role, HistoryChoices.Demands, now))
        {
            var expected = string.Join("\n  ", naive.Why(framework, role, why.Demand, now));
            var actual = string.Join("\n  ", WhyTwinTests.Lines(why));
            if (expected != actual)
            {
                return $"why {framework} {role} {why.Demand}: twin says\n  {expected}\nallocator says\n  {actual}";
            }
        }

        return null;
    }

    private string? Decline(int which, int part, int filter)
    {
        if (offered.Count == 0)
        {
            return null;
        }

        var piece = offered[which % offered.Count];
        var taken = HistoryChoices.Part(piece.Resources, part);
        if (taken.IsEmpty)
        {
            return null;
        }

        var refuse = HistoryChoices.Filter(filter);
        Shrink(offered, which % offered.Count, taken);
        return Same(
            fast.RecoverOffered(piece.Framework, piece.Role, piece.Agent, taken, refuse, now),
            naive.RecoverOffered(piece.Framework, piece.Role, piece.Agent, taken, refuse, now));
    }

    // An offer that ended must be refused by its second end (I3), unless as much is offered there still.
    private string? DeclineTwice(int which)
    {
        if (offered.Count == 0)
        {
            return null;
        }

        var piece = offered[which % offered.Count];
        var failure = Decline(which, 2, 0);
        var again = fast.RecoverOffered(piece.Framework, piece.Role, piece.Agent, piece.Resources, default, now);
        var expected = naive.RecoverOffered(piece.Framework, piece.Role, piece.Agent, piece.Resources, default, now);
        if (again is null)
        {
            offered.RemoveAll(o => (o.Framework, o.Role, o.Agent) == (piece.Framework, piece.Role, piece.Agent));
            var left = fast.ViewAgent(piece.Agent)!.Holdings
                .Where(h => (h.Framework, h.Role) == (piece.Framework, piece.Role));
            offered.AddRange(left.Where(h => !h.Offered.IsEmpty).Select(h => piece with { Resources = h.Offered }));
        }

        return failure ?? Same(again, expected);
    }

    private string? Accept(int which, int part)
    {
        if (offered.Count == 0)
        {
            return null;
        }

        var piece = offered[which % offered.Count];
        var taken = HistoryChoices.Part(piece.Resources, part);
        if (taken.IsEmpty)
        {
            return null;
        }

        Shrink(offered, which % offered.Count, taken);
        used.Add(piece with { Resources = taken });
        return Same(
            fast.Consume(piece.Framework, piece.Role, piece.Agent, taken, now),
            naive.Consume(piece.Framework, piece.Role, piece.Agent, taken));
    }

    // A gang on one or two agents, out of what is free and shared; sometimes with a stale version or a wrong role, with
    // an agent that is not known, or with one twice.
    private string? Commit(int a, int b, int c)
    {
        var framework = HistoryChoices.Framework(a);
        var roles = fast.ViewFramework(framework).Select(client => client.Role).ToArray();
        var role = roles.Length == 0 || c % 10 == 0 ? HistoryChoices.Role(b) : roles[b % roles.Length];
        var claims = fast.ViewAgents().Where((_, at) => (b + at) % 3 == 0).Take(1 + (c % 2))
            .Select(agent => new AgentClaim(
                agent.Profile.Id,
                c % 7 == 0 ? agent.Version - 1 : agent.Version,
                HistoryChoices.Part(agent.Free, c)
                    + (c % 5 == 1 ? agent.Profile.Total.Shared : ResourceSet.Empty)))
            .ToArray();
        claims = claims.Length == 0 ? claims : (c % 11) switch
        {
            0 => [.. claims, claims[0] with { Agent = new AgentId("unknown") }],
            1 => [.. claims, claims[0]],
            _ => claims,
        };
        var limits = AllocatorInvariants.QuotaBefore(fast);
        var refusal = fast.Commit(framework, role, claims);
        foreach (var claim in refusal is null ? claims : [])
        {
            used.Add(new Piece(framework, role, claim.Agent, claim.Resources));
        }

        return Same(refusal, naive.Commit(framework, role, claims, isStale: c % 7 == 0))
            ?? AllocatorInvariants.QuotaBroken(fast, limits);
    }

    private string? Finish(int which, int part)
    {
        if (used.Count == 0)
        {
            return null;
        }

        var piece = used[which % used.Count];
        var taken = HistoryChoices.Part(piece.Resources, part);
        if (taken.IsEmpty)
        {
            return null;
        }

        Shrink(used, which % used.Count, taken);
        return Same(
            fast.RecoverUsed(piece.Framework, piece.Role, piece.Agent, taken),
            naive.RecoverUsed(piece.Framework, piece.Role, piece.Agent, taken));
    }

    private string? AddAgent(int a, int b, int c)
    {
        var profile = HistoryChoices.Profile(a, b, c);
        var framework = HistoryChoices.Framework(c);
        var use = new AgentUse(framework, HistoryChoices.Role(b), ResourceSet.Parse("cpus:1;mem:100"));
        AgentUse[] uses = c % 2 == 0 && fast.ViewFramework(framework).Count > 0 ? [use] : [];
        var refusal = fast.AddAgent(profile, uses);
        if (refusal is null)
        {
            used.AddRange(uses.Select(u => new Piece(u.Framework, u.Role, profile.Id, u.Resources)));
        }

        return Same(refusal, naive.AddAgent(profile, uses));
    }

    private string? RemoveAgent(AgentId agent)
    {
        offered.RemoveAll(piece => piece.Agent == agent);
        used.RemoveAll(piece => piece.Agent == agent);
        return Same(fast.RemoveAgent(agent), naive.RemoveAgent(agent));
    }

    private string? RemoveFramework(FrameworkId framework)
    {
        offered.RemoveAll(piece => piece.Framework == framework);
        used.RemoveAll(piece => piece.Framework == framework);
        return Same(fast.RemoveFramework(framework), naive.RemoveFramework(framework));
    }

    private string? SetQuota(int a, int c)
    {
        var changes = HistoryChoices.QuotaChange(a);
        var broken = naive.SetQuota(changes, c % 2 == 0);
        var refusal = fast.SetQuota(changes, c % 2 == 0);
        trace.Add(refusal?.ToString() ?? "done");
        return (refusal is null ? broken.Count == 0 : broken.Contains(refusal))
            ? null
            : $"quota: twin says {string.Join(" or ", broken)}, allocator says {refusal}";
    }

    private string? Same(AllocatorRefusal? actual, AllocatorFault? expected)
    {
        trace.Add(actual?.Fault.ToString() ?? "done");
        return actual?.Fault == expected
            ? null
            : $"twin says {expected?.ToString() ?? "done"}, allocator says {actual}";
    }

    private static IEnumerable<(string Where, ResourceSet Resources)> Held(List<Piece> pieces) => pieces
        .GroupBy(piece => $"{piece.Agent} {piece.Framework} {piece.Role}")
        .Select(group => (group.Key, group.Aggregate(ResourceSet.Empty, (sum, piece) => sum + piece.Resources)))
        .Where(held => !held.Item2.IsEmpty);

    private static void Shrink(List<Piece> pieces, int at, ResourceSet taken)
    {
        var rest = pieces[at].Resources - taken;
        pieces[at] = pieces[at] with { Resources = rest };
        if (rest.IsEmpty)
        {
            pieces.RemoveAt(at);
        }
    }

    private static string Text(OfferedResources offer) =>
        $"{offer.Agent} -> {offer.Framework} {offer.Role} {offer.Resources}";

    private static string? Difference(IEnumerable<string> expected, IEnumerable<string> actual)
    {
        var (twin, allocator) = (string.Join("\n  ", expected), string.Join("\n  ", actual));
        return twin == allocator ? null : $"twin offers\n  {twin}\nallocator offers\n  {allocator}";
    }

    private sealed record Piece(FrameworkId Framework, RoleName Role, AgentId Agent, ResourceSet Resources);
}
