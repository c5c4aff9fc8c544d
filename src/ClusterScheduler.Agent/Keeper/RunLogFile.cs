using System.Text;
using ClusterScheduler.Agent.Processes;
using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Agent.Keeper;

/// <summary>
/// A run log being written. What could not be written stays here and is tried again with the next write, so that a
/// full disk delays the record and does not tear it.
/// </summary>
internal sealed class RunLogFile : IDisposable
{
    private readonly string _path;
    private int _descriptor;
    private byte[] _pending = [];
    private int _written;

    private RunLogFile(string path, int descriptor)
    {
        _path = path;
        _descriptor = descriptor;
    }

    /// <summary>Makes the file, which must not exist, with its first record.</summary>
    /// <returns>The file, or why there is none.</returns>
    public static (RunLogFile? File, SpawnError? Error) Create(string path, RunLogOpening opening)
    {
        var descriptor = Libc.Open(
            path, Libc.WriteOnly | Libc.Create | Libc.Exclusive | Libc.Append | Libc.CloseOnExec, 0b110_000_000);
        if (descriptor < 0)
        {
            return (null, ErrorOf(path));
        }

        var file = new RunLogFile(path, descriptor);
        if (file.Append(RunLogCodec.Encode(opening)) is { } error)
        {
            file.Dispose();
            return (null, error);
        }

        return (file, null);
    }

    /// <summary>Writes lines; none of them is lost if that fails.</summary>
    /// <returns>Why it failed; null when everything so far is in the file.</returns>
    public unsafe SpawnError? Append(string lines)
    {
        var added = Encoding.UTF8.GetBytes(lines);
        _pending = _written == _pending.Length ? added : [.. _pending.AsSpan(_written), .. added];
        _written = 0;
        while (_written < _pending.Length)
        {
            nint length;
            fixed (byte* bytes = _pending)
            {
                length = Libc.Write(_descriptor, bytes + _written, _pending.Length - _written);
            }

            if (length < 0)
            {
                return ErrorOf(_path);
            }

            _written += (int)length;
        }

        return null;
    }

    public void Dispose()
    {
        if (_descriptor >= 0)
        {
            _ = Libc.Close(_descriptor);
            _descriptor = -1;
        }
    }

    private static SpawnError ErrorOf(string path)
    {
        var errno = System.Runtime.InteropServices.Marshal.GetLastPInvokeError();
        var kind = Spawner.KindOf(errno) switch
        {
            SpawnErrorKind.DiskFull => SpawnErrorKind.DiskFull,
            SpawnErrorKind.TooManyOpenFiles => SpawnErrorKind.TooManyOpenFiles,
            _ => SpawnErrorKind.RecordUnwritable,
        };
        return new SpawnError(kind, errno, path);
    }
}
