using System.Diagnostics;

namespace ClusterScheduler.EndToEnd.Tests.Harness;

/// <summary>Waits for a condition, not for a time.</summary>
internal static class Poll
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    /// <param name="condition">What is waited for.</param>
    /// <param name="what">It, in words, for who has waited in vain.</param>
    /// <param name="step">Between two looks; longer where a look is much work for who is asked.</param>
    public static async Task UntilAsync(Func<Task<bool>> condition, Func<string> what, TimeSpan? step = null)
    {
        var waiting = Stopwatch.StartNew();
        while (!await condition())
        {
            if (waiting.Elapsed > Csched.Patience)
            {
                throw new TimeoutException($"waited {Csched.Patience} for {what()}");
            }

            await Task.Delay(step ?? Step);
        }
    }

    public static void Until(Func<bool> condition, string what) => Until(condition, () => what);

    public static void Until(Func<bool> condition, Func<string> what)
    {
        var waiting = Stopwatch.StartNew();
        while (!condition())
        {
            if (waiting.Elapsed > Csched.Patience)
            {
                throw new TimeoutException($"waited {Csched.Patience} for {what()}");
            }

            using var step = new ManualResetEventSlim();
            step.Wait(Step);
        }
    }
}
