namespace ClusterScheduler.Sdk.Joining;

/// <summary>
/// This process cannot listen where <see cref="JoinSettings"/> say: another one does, or it is no address of this
/// machine. The message says which, and what would be right.
/// </summary>
public sealed class CannotListenException : IOException
{
    internal CannotListenException(JoinSettings settings, string why, Exception? cause = null)
        : base(
            $"this process cannot listen on {settings.BindHost}:{settings.BindPort}: {why}. Say another address of "
            + "this machine with BindHost, or another BindPort (0: any that is free)", cause)
    {
    }
}
