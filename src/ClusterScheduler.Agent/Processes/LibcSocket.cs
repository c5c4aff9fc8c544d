using System.Runtime.InteropServices;
using System.Text;

namespace ClusterScheduler.Agent.Processes;

/// <summary>
/// A listening Unix domain socket by its descriptor alone. (.NET's own removes the file when its object is disposed,
/// and here another process goes on listening.)
/// </summary>
internal static unsafe partial class LibcSocket
{
    private const int UnixFamily = 1, Stream = 1, CloseOnExec = 0x80000, Backlog = 16, PathBytes = 108;

    /// <summary>Makes the socket file, for its owner only, and listens.</summary>
    /// <returns>The descriptor.</returns>
    public static int Listen(string path)
    {
        File.Delete(path);
        var descriptor = Check(OpenSocket(UnixFamily, Stream | CloseOnExec, 0), path);
        var address = stackalloc byte[sizeof(ushort) + PathBytes];
        new Span<byte>(address, sizeof(ushort) + PathBytes).Clear();
        *(ushort*)address = UnixFamily;
        var length = Encoding.UTF8.GetBytes(path, new Span<byte>(address + sizeof(ushort), PathBytes - 1));
        Check(Bind(descriptor, address, (uint)(sizeof(ushort) + length + 1)), path);

        // Nobody can connect before listen.
        PrivatePath.Restrict(path);
        Check(ListenOn(descriptor, Backlog), path);
        return descriptor;
    }

    private static int Check(int result, string path) => result >= 0
        ? result
        : throw new IOException(
            $"No socket at {path}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int OpenSocket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    private static partial int Bind(int descriptor, byte* address, uint length);

    [LibraryImport("libc", EntryPoint = "listen", SetLastError = true)]
    private static partial int ListenOn(int descriptor, int backlog);
}
