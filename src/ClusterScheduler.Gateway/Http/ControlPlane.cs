using System.Diagnostics;

namespace ClusterScheduler.Gateway.Http;

/// <summary>Whom the gateway asks. It decides nothing: it says in HTTP what they answer.</summary>
/// <param name="Master">The master, or the proxy that finds it.</param>
/// <param name="Frameworks">Takes messages to frameworks' entities.</param>
/// <param name="Tasks">Takes messages to tasks' entities.</param>
/// <param name="Services">The service scheduler, or the proxy that finds it.</param>
/// <param name="Timeout">How long each of them may take to answer.</param>
public sealed record ControlPlane(
    IActorRef Master, IActorRef Frameworks, IActorRef Tasks, IActorRef Services, TimeSpan Timeout)
{
    /// <summary>Seconds after which what cannot be answered now may be asked again.</summary>
    internal const int RetryAfterSeconds = 2;

    private static readonly TimeSpan RepeatAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BriefTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// One question, one answer. While none comes the question is repeated, because it may have gone to a part that
    /// was just moving; the first answer counts. 503 when there is no master, 504 when there is one.
    /// </summary>
    public async Task<T> Ask<T>(IActorRef whom, object question, CancellationToken cancelled)
    {
        var began = Stopwatch.GetTimestamp();
        var asked = new List<Task<object>>();
        while (true)
        {
            var left = Timeout - Stopwatch.GetElapsedTime(began);
            if (left > TimeSpan.Zero)
            {
                asked.Add(whom.Ask<object>(question, left, cancelled));
            }

            var answered = Task.WhenAny(asked);
            if (await Task.WhenAny(answered, Task.Delay(RepeatAfter, cancelled)) == answered)
            {
                return Typed<T>(question, await Answer(await answered, cancelled));
            }
        }
    }

    /// <summary>The same for what must not be said twice.</summary>
    public async Task<T> AskOnce<T>(IActorRef whom, object question, CancellationToken cancelled) =>
        Typed<T>(question, await Answer(whom.Ask<object>(question, Timeout, cancelled), cancelled));

    /// <summary>The same for what an answer can do without: none where nothing comes soon.</summary>
    public async Task<T?> AskBriefly<T>(IActorRef whom, object question, CancellationToken cancelled)
        where T : class
    {
        try
        {
            return await whom.Ask<object>(question, BriefTimeout, cancelled) as T;
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    private async Task<object> Answer(Task<object> asked, CancellationToken cancelled)
    {
        try
        {
            return await asked;
        }
        catch (AskTimeoutException)
        {
            throw await IsMasterThere(cancelled)
                ? new ProblemException(504, "control-plane-silent",
                    "a part of the control plane did not answer in time; it may be recovering: try again")
                : new ProblemException(503, "no-master",
                    "there is no master in office at the moment; running tasks go on. Try again in a moment.")
                {
                    RetryAfter = RetryAfterSeconds,
                };
        }
    }

    private async Task<bool> IsMasterThere(CancellationToken cancelled)
    {
        try
        {
            await Master.Ask<object>(new MasterProtocol.IdentifyMaster(), ProbeTimeout, cancelled);
            return true;
        }
        catch (AskTimeoutException)
        {
            return false;
        }
    }

    private static T Typed<T>(object question, object answer) => answer switch
    {
        T typed => typed,
        Status.Failure failure => throw new ProblemException(503, "control-plane-failed", failure.Cause.Message),
        var other => throw new InvalidOperationException($"{question} was answered with {other}"),
    };
}
