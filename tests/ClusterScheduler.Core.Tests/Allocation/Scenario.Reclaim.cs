using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Preemption;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>The commands of reclaiming: what the master does at each look, with the same rules and books.</summary>
internal sealed partial class Scenario
{
    private readonly ReclaimBook reclaimBook = new();
    private ReclaimSettings reclaim = ReclaimSettings.Default;
    private UnmetClock unmet = UnmetClock.Empty;
    private int inverseOffers;

    private string[] Reclaim(string command, string[] arguments) => command switch
    {
        "reclaim" => SetReclaim(arguments),
        "look" => reclaim.Mode == ReclaimMode.Off ? ["off: nothing is done"] : Lines(Look()),
        "plan" => Lines(ShowPlan()),
        "answer" => AnswerReclaim(new OfferId(arguments[0]), Enum.Parse<InverseVerdict>(arguments[1], true)),
        _ => throw new FormatException($"no command '{command}'"),
    };

    // reclaim mode=off|ask|kill-revocable|kill wait=60s leave=300s
    private string[] SetReclaim(string[] arguments)
    {
        reclaim = new ReclaimSettings(
            Enum.Parse<ReclaimMode>(Named(arguments, "mode")!.Replace("-", ""), true),
            Seconds(Named(arguments, "wait")!),
            Seconds(Named(arguments, "leave")!));
        return [];
    }

    private string[] AnswerReclaim(OfferId offer, InverseVerdict verdict)
    {
        reclaimBook.Answered(offer, verdict);
        return [];
    }

    private IEnumerable<string> Look()
    {
        var look = GuaranteeLook.At(Fast, now);
        unmet = unmet.Next(look.Waiting, now);
        foreach (var role in unmet.Stamp(look.Waiting).Where(role => role.UnmetSince is not null))
        {
            yield return $"{role.Role} waits for {role.Unmet}, {Left(now, role.UnmetSince!.Value)} s by now";
        }

        var isDue = unmet.Since.Values.Any(since => now - since >= reclaim.WaitLeast);
        var plan = Decide(unmet, look, reclaim);
        foreach (var (framework, role, agent, resources) in isDue ? look.Offers : [])
        {
            Assert.Null(Fast.RecoverOffered(framework, role, agent, resources, TimeSpan.Zero, now));
            yield return $"taken back from {framework} in {role}: {resources} of {agent}";
        }

        foreach (var line in Follow(plan))
        {
            yield return line;
        }

        foreach (var (role, missing) in plan.Missing)
        {
            yield return $"nobody can give {role} {missing}";
        }
    }

    private IEnumerable<string> Follow(ReclaimPlan plan)
    {
        var turn = reclaimBook.Follow(plan, now, task => running.ContainsKey(task.Task), _ => true);
        foreach (var (_, offer) in turn.Withdrawn)
        {
            yield return $"inverse offer {offer} is withdrawn";
        }

        foreach (var ask in turn.Asks)
        {
            var offer = new OfferId($"{++inverseOffers}");
            reclaimBook.Made(ask, offer);
            yield return $"inverse offer {offer}: {ask.Framework} is asked to give {ask.For} {ask.Resources} "
                + $"of {ask.Agent} within {Left(ask.Until, now)} s: {string.Join(' ', ask.Tasks)}";
        }

        foreach (var kill in turn.Kills)
        {
            reclaimBook.Noted(kill.Task.Framework, kill.Task.Task);
            yield return $"{kill.Task.Task} is killed for {kill.For}";
        }
    }

    // What an operator is shown: the plan for all who wait, however short.
    private IEnumerable<string> ShowPlan()
    {
        var look = GuaranteeLook.At(Fast, now);
        var plan = Decide(unmet.Next(look.Waiting, now), look, reclaim with { WaitLeast = TimeSpan.Zero });
        var verdicts = plan.Steps.Select(step => step.Task.Verdict is { } verdict and not InverseVerdict.Open
            ? $", {verdict}"
            : "");
        return plan.Steps.Zip(verdicts, (step, verdict) =>
                $"{step.Action} {step.Task.Task} of {step.Task.Framework} for {step.For}{verdict}")
            .Prepend(plan.IsDryRun ? "a dry run" : "")
            .Where(line => line.Length > 0);
    }

    private ReclaimPlan Decide(UnmetClock clock, GuaranteeLook look, ReclaimSettings allowed) =>
        ReclaimDecider.Decide(
            clock.Stamp(look.BeyondOffers),
            [.. running.Values.Select(each => reclaimBook.Annotate(each.Task))],
            look.Suits,
            allowed,
            now);

    private static string Left(DateTimeOffset until, DateTimeOffset from) =>
        FormattableString.Invariant($"{(until - from).TotalSeconds:0.###}");
}
