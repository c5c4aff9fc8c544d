using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Frameworks;

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
            _ => throw new InvalidOperationException(kind.ToString()),
        };
    }

    private string? ConvertFree(int which, int choice)
    {
        var agents = fast.ViewAgents();
        if (agents.Count == 0)
        {
            return null;
        }

        var agent = agents[which % agents.Count];
        if (HistoryChoices.Conversion(agent.Free, choice) is not { } conversion)
        {
            return null;
        }

        var (before, after) = conversion;
        return Same(
            fast.ConvertFree(agent.Profile.Id, before, after), naive.ConvertFree(agent.Profile.Id, before, after));
    }

    private string? AnswerInverse(FrameworkId framework, AgentId agent, TimeSpan refuse) => Same(
        fast.RecoverInverse(framework, agent, refuse, now), naive.RecoverInverse(framework, agent, refuse, now));

    private string? ConvertOffered(int which, int choice)
    {
        var piece = offered.Count == 0 ? null : offered[which % offered.Count];
        if (piece is null || HistoryChoices.Conversion(piece.Resources, choice) is not { } conversion)
        {
            return null;
        }

        var (before, after) = conversion;
        var refusal = fast.ConvertOffered(piece.Framework, piece.Role, piece.Agent, before, after);
        if (refusal is null)
        {
            offered[which % offered.Count] = piece with { Resources = piece.Resources - before + after };
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
