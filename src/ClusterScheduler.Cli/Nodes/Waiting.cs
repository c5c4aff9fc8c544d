namespace ClusterScheduler.Cli.Nodes;

/// <summary>Waiting without a thread.</summary>
internal static class Waiting
{
    public static Task WhenCancelled(this CancellationToken token)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        token.Register(() => cancelled.TrySetResult());
        return cancelled.Task;
    }
}
