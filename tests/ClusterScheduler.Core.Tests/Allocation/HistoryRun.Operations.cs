using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>Steps that change what resources are, maintenance, and what comes with a master.</summary>
internal sealed partial class HistoryRun
{
    private string? TakeMore(HistoryStep step)
    {
        var (kind, a, b, c) = step;
        return kind switch
        {
            StepKind.ConvertFree => ConvertFree(a, b),
            StepKind.ConvertOffered => ConvertOffered(a, b),
            StepKind.UpdateRevocable => Same(
                fast.UpdateRevocable(HistoryChoices.Agent(a), HistoryChoices.Revocable(b)),
                naive.UpdateRevocable(HistoryChoices.Agent(a), HistoryChoices.Revocable(b))),
            StepKind.Maintain => Maintain(a, b),
            StepKind.AskToLeave => Difference(
                naive.AllocateInverse(now).Select(Text), fast.AllocateInverse(now).Select(Text)),
            StepKind.AnswerInverse => AnswerInverse(
                HistoryChoices.Framework(a), HistoryChoices.Agent(b), HistoryChoices.Filter(c)),
            StepKind.AwaitAgents => Await(a, b),
            StepKind.Recall => Difference(
                naive.OffersAgainstQuota().Select(Text), fast.OffersAgainstQuota().Select(Text)),
            StepKind.PauseAgent => PauseAgent(HistoryChoices.Agent(a)),
            StepKind.ReturnAgent => ReturnAgent(a, b, c),
            _ => throw new InvalidOperationException(kind.ToString()),
        };
    }

    private string? PauseAgent(AgentId agent)
    {
        var running = used.Where(piece => piece.Agent == agent).ToArray();
        offered.RemoveAll(piece => piece.Agent == agent);
        used.RemoveAll(piece => piece.Agent == agent);
        var refusal = fast.PauseAgent(agent);
        if (refusal is null)
        {
            away[agent] = running;
        }

        return Same(refusal, naive.PauseAgent(agent));
    }

    /// <summary>The first agent that is away comes back, most often as it went, with some or all that ran there.
    /// </summary>
    private string? ReturnAgent(int a, int b, int c)
    {
        if (b % 7 == 6)
        {
            // Any agent, also one that is there or unknown.
            var any = HistoryChoices.Profile(a, b, c);
            return Same(fast.ReturnAgent(any, []), naive.ReturnAgent(any, []));
        }

        AgentId[] gone = [.. away.Keys.Where(id => fast.ViewAgent(id) is { IsActive: false, Holdings.Count: 0 })];
        if (gone.Length == 0)
        {
            return null;
        }

        var id = gone[0];
        var old = fast.ViewAgent(id)!.Profile;
        var profile = b % 3 > 0 ? old : HistoryChoices.Profile(a, b, c) with { Id = id };
        var stay = away[id]
            .Where((piece, at) => (c + at) % 4 > 0 && fast.ViewFramework(piece.Framework).Count > 0).ToArray();
        AgentUse[] uses = [.. stay.Select(piece => new AgentUse(piece.Framework, piece.Role, piece.Resources))];
        away.Remove(id);
        var refusal = fast.ReturnAgent(profile, uses);
        used.AddRange(refusal is null ? stay : []);
        return Same(refusal, naive.ReturnAgent(profile, uses));
    }

    private string? ConvertFree(int which, int choice)
    {
        var agents = fast.ViewAgents();
        if (agents.Count == 0)
        {
            return null;
        }

        var agent = agents[which % agents.Count];
        if (HistoryConversions.Of(agent.Free, choice) is not { } conversion)
        {
            return null;
        }

        return WithRoom(conversion, null, choice, () => Same(
            fast.ConvertFree(agent.Profile.Id, conversion.Before, conversion.After),
            naive.ConvertFree(agent.Profile.Id, conversion.Before, conversion.After)));
    }

    /// <summary>
    /// As the master does it: room is held, the operation is stored, which takes its time, and carried out. Neither it
    /// nor a round meanwhile may take a role beyond its limit.
    /// </summary>
    private string? WithRoom(
        (ResourceSet Before, ResourceSet After) conversion, RoleName? holder, int choice, Func<string?> convert)
    {
        var limits = AllocatorInvariants.QuotaBefore(fast).Consumed;
        var growth = RoleGrowth.Of(new ResourceConversion(conversion.Before, conversion.After), holder);
        var actual = fast.HoldRoom(growth)?.Breach;
        var expected = naive.HoldRoom(conversion.Before, conversion.After, holder);
        trace.Add(actual?.ToString() ?? "held");
        if (actual?.Role != expected?.Value || actual is not null)
        {
            return actual?.Role == expected?.Value ? null : $"room: twin says {expected}, allocator says {actual}";
        }

        var failure = (choice % 4 == 0 ? Allocate(choice) : null) ?? convert();
        failure ??= fast.ReleaseRoom(growth)?.ToString();
        naive.ReleaseRoom();
        return failure ?? AllocatorInvariants.LimitBroken(fast, limits);
    }

    private string? AnswerInverse(FrameworkId framework, AgentId agent, TimeSpan refuse) => Same(
        fast.RecoverInverse(framework, agent, refuse, now), naive.RecoverInverse(framework, agent, refuse, now));

    private string? ConvertOffered(int which, int choice)
    {
        var piece = offered.Count == 0 ? null : offered[which % offered.Count];
        if (piece is null || HistoryConversions.Of(piece.Resources, choice) is not { } conversion)
        {
            return null;
        }

        var at = which % offered.Count;
        return WithRoom(conversion, piece.Role, choice, () => ConvertPiece(at, conversion));
    }

    private string? ConvertPiece(int at, (ResourceSet Before, ResourceSet After) conversion)
    {
        var piece = offered[at];
        var (before, after) = conversion;
        var refusal = fast.ConvertOffered(piece.Framework, piece.Role, piece.Agent, before, after);
        if (refusal is null)
        {
            offered[at] = piece with { Resources = piece.Resources - before + after };
        }

        return Same(refusal, naive.ConvertOffered(piece.Framework, piece.Role, piece.Agent, before, after));
    }

    private string? Maintain(int which, int seconds)
    {
        var plan = seconds % 3 == 0 ? null : new Unavailability(now + TimeSpan.FromSeconds(seconds), null);
        return Same(
            fast.UpdateUnavailability(HistoryChoices.Agent(which), plan),
            naive.UpdateUnavailability(HistoryChoices.Agent(which), plan));
    }

    private string? Await(int agents, int seconds)
    {
        var until = now + TimeSpan.FromSeconds(seconds % 30);
        fast.AwaitAgents(agents % 8, until);
        naive.AwaitAgents(agents % 8, until);
        return null;
    }

    private static string Text(InverseAllocation asked) => $"{asked.Framework} leaves {asked.Agent} {asked.Resources}";

    private static string Text(RecalledOffer recalled) =>
        $"{recalled.Agent} from {recalled.Framework} {recalled.Role} {recalled.Resources}";
}
