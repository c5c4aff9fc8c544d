using ClusterScheduler.Agent.Processes;
using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Agent.Execution;

/// <summary>Why a record or a sandbox could not be made, from what .NET throws.</summary>
internal static class SandboxErrors
{
    /// <summary>.NET carries the kernel's number in the low part of HResult on Unix.</summary>
    public static SpawnError Of(Exception exception, string sandbox)
    {
        var errno = exception.HResult & 0xffff;
        var kind = errno is Libc.Enospc or Libc.Edquot ? SpawnErrorKind.DiskFull
            : errno is Libc.Emfile or Libc.Enfile ? SpawnErrorKind.TooManyOpenFiles
            : SpawnErrorKind.SandboxUnusable;
        return new SpawnError(kind, 0, $"{sandbox}: {exception.Message}");
    }
}
