namespace ClusterScheduler.Gateway.Http;

/// <summary>Whom the gateway asks. It decides nothing: it says in HTTP what they answer.</summary>
/// <param name="Master">The master, or the proxy that finds it.</param>
/// <param name="Frameworks">Takes messages to frameworks' entities.</param>
/// <param name="Tasks">Takes messages to tasks' entities.</param>
/// <param name="Services">The service scheduler.</param>
/// <param name="Timeout">How long each of them may take to answer.</param>
public sealed record ControlPlane(
    IActorRef Master, IActorRef Frameworks, IActorRef Tasks, IActorRef Services, TimeSpan Timeout)
{
    /// <summary>One question, one answer; <see cref="AskTimeoutException"/> when none comes in time.</summary>
    public async Task<T> Ask<T>(IActorRef whom, object question, CancellationToken cancelled) =>
        await whom.Ask<object>(question, Timeout, cancelled) switch
        {
            T answer => answer,
            Status.Failure failure => throw new ProblemException(503, "control-plane-failed", failure.Cause.Message),
            var other => throw new InvalidOperationException($"{question} was answered with {other}"),
        };
}
