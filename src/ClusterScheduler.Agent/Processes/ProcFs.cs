using System.Buffers.Text;
using System.Text;
using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Agent.Processes;

/// <summary>What /proc says of one process.</summary>
/// <param name="Pid">Its number.</param>
/// <param name="Parent">Its parent's number.</param>
/// <param name="Session">The number of its session's leader.</param>
/// <param name="StartTicks">When it started, clock ticks since boot.</param>
/// <param name="IsDead">A zombie: ended, not yet reaped.</param>
internal readonly record struct ProcessFacts(int Pid, int Parent, int Session, long StartTicks, bool IsDead)
{
    public ProcessIdentity Identity => new(Pid, StartTicks);
}

/// <summary>What /proc says of what one process uses.</summary>
/// <param name="Facts">Which process.</param>
/// <param name="OwnTicks">User and system time of its own, clock ticks.</param>
/// <param name="ReapedTicks">That of descendants that it waited for, clock ticks.</param>
/// <param name="ResidentKiB">Resident memory.</param>
internal readonly record struct ProcessLoad(ProcessFacts Facts, long OwnTicks, long ReapedTicks, long ResidentKiB);

/// <summary>Reads /proc. A process that is gone is no error: the answer is null or empty.</summary>
internal static class ProcFs
{
    private const int EnvironmentBytesMax = 1 << 20;

    /// <summary>Names this boot of the machine.</summary>
    public static string BootId() => Encoding.ASCII.GetString(Read("/proc/sys/kernel/random/boot_id", 128)).Trim();

    public static ProcessFacts? Facts(int pid)
    {
        var rest = AfterName(Read($"/proc/{pid}/stat", 1024));
        return rest.Length > 2 ? Facts(pid, rest) : null;
    }

    /// <summary>What the process uses; none when it has ended.</summary>
    public static ProcessLoad? Load(int pid)
    {
        var rest = AfterName(Read($"/proc/{pid}/stat", 1024));
        return rest.Length > 2 && Facts(pid, rest) is { IsDead: false } facts
            ? new ProcessLoad(
                facts, Field(rest, 12) + Field(rest, 13), Field(rest, 14) + Field(rest, 15),
                Field(rest, 22) * Environment.SystemPageSize / 1024)
            : null;
    }

    /// <summary>The process by that number, as long as it is the one meant.</summary>
    public static ProcessIdentity? Identity(int pid) => Facts(pid)?.Identity;

    /// <summary>All processes of the machine.</summary>
    public static IEnumerable<int> All()
    {
        foreach (var path in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(path.AsSpan()), out var pid))
            {
                yield return pid;
            }
        }
    }

    /// <summary>The children that one thread of a process has.</summary>
    public static List<int> Children(int pid, int thread)
    {
        var children = new List<int>();
        ReadOnlySpan<byte> text = Read($"/proc/{pid}/task/{thread}/children", 1 << 20);
        while (Utf8Parser.TryParse(text, out int child, out var length))
        {
            children.Add(child);
            text = text[Math.Min(text.Length, length + 1)..];
        }

        return children;
    }

    /// <summary>The children of a process, whichever of its threads had them.</summary>
    public static List<int> Children(int pid)
    {
        try
        {
            var children = new List<int>();
            foreach (var path in Directory.EnumerateDirectories($"/proc/{pid}/task"))
            {
                children.AddRange(Children(pid, int.Parse(
                    Path.GetFileName(path.AsSpan()), System.Globalization.CultureInfo.InvariantCulture)));
            }

            return children;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It ended while we looked.
            return [];
        }
    }

    /// <summary>True if the process was started with NAME=VALUE in its environment.</summary>
    public static bool HasVariable(int pid, string assignment)
    {
        ReadOnlySpan<byte> environment = Read($"/proc/{pid}/environ", EnvironmentBytesMax);
        var wanted = Encoding.UTF8.GetBytes(assignment);
        foreach (var range in environment.Split((byte)0))
        {
            if (environment[range].SequenceEqual(wanted))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The value of one variable that the process was started with; null if it has none.</summary>
    public static string? Variable(int pid, string name)
    {
        ReadOnlySpan<byte> environment = Read($"/proc/{pid}/environ", EnvironmentBytesMax);
        var wanted = Encoding.UTF8.GetBytes(name + "=");
        foreach (var range in environment.Split((byte)0))
        {
            if (environment[range].StartsWith(wanted))
            {
                return Encoding.UTF8.GetString(environment[range][wanted.Length..]);
            }
        }

        return null;
    }

    /// <summary>The name, in parentheses, may contain anything; what follows the last ')' is fixed.</summary>
    private static ReadOnlySpan<byte> AfterName(ReadOnlySpan<byte> stat) => stat[(stat.LastIndexOf((byte)')') + 1)..];

    private static ProcessFacts Facts(int pid, ReadOnlySpan<byte> rest) => new(
        pid, (int)Field(rest, 2), (int)Field(rest, 4), Field(rest, 20), rest[1] is (byte)'Z' or (byte)'X');

    private static long Field(ReadOnlySpan<byte> rest, int index)
    {
        foreach (var range in rest[1..].Split((byte)' '))
        {
            if (--index == 0)
            {
                return Utf8Parser.TryParse(rest[1..][range], out long value, out _) ? value : 0;
            }
        }

        return 0;
    }

    private static unsafe byte[] Read(string path, int most)
    {
        var descriptor = Libc.Open(path, Libc.ReadOnly | Libc.CloseOnExec, 0);
        if (descriptor < 0)
        {
            return [];
        }

        try
        {
            var buffer = new byte[Math.Min(most, 4096)];
            var length = 0;
            while (true)
            {
                nint read;
                fixed (byte* target = buffer)
                {
                    read = Libc.Read(descriptor, target + length, buffer.Length - length);
                }

                if (read <= 0)
                {
                    return buffer[..length];
                }

                length += (int)read;
                if (length == buffer.Length)
                {
                    if (length >= most)
                    {
                        return buffer;
                    }

                    Array.Resize(ref buffer, Math.Min(most, length * 4));
                }
            }
        }
        finally
        {
            _ = Libc.Close(descriptor);
        }
    }
}
