using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Agent.Processes;

/// <summary>What a new process gets.</summary>
/// <param name="Program">Path of what is executed; if relative, to <paramref name="Directory"/>.</param>
/// <param name="Arguments">The vector, the program's name first.</param>
/// <param name="Environment">NAME=VALUE, complete: nothing is inherited.</param>
/// <param name="Directory">Where it starts; null leaves it where the starter is.</param>
/// <param name="Input">Descriptor that becomes its standard input.</param>
/// <param name="Output">Descriptor that becomes its standard output.</param>
/// <param name="Error">Descriptor that becomes its standard error.</param>
/// <param name="Inherited">One descriptor more that becomes number 3; -1 for none.</param>
internal readonly record struct SpawnRequest(
    string Program,
    IReadOnlyList<string> Arguments,
    IReadOnlyList<string> Environment,
    string? Directory,
    int Input,
    int Output,
    int Error,
    int Inherited = -1);

/// <summary>
/// Starts processes with posix_spawn: each leads a session of its own, has every signal at its default and none
/// blocked, and inherits three descriptors and nothing else.
/// </summary>
internal static unsafe class Spawner
{
    /// <summary>The new process' pid, or minus the error number.</summary>
    public static int Spawn(in SpawnRequest request)
    {
        var actions = stackalloc byte[LibcSpawn.OpaqueSize];
        var attributes = stackalloc byte[LibcSpawn.OpaqueSize];
        _ = LibcSpawn.ActionsInit(actions);
        _ = LibcSpawn.AttributesInit(attributes);
        try
        {
            SetDescriptors(actions, request);
            SetAttributes(attributes);
            using var arguments = new NativeStrings(request.Arguments);
            using var environment = new NativeStrings(request.Environment);
            int pid;
            var error = LibcSpawn.Spawn(
                &pid, request.Program, actions, attributes, arguments.Pointer, environment.Pointer);
            return error == 0 ? pid : -error;
        }
        finally
        {
            _ = LibcSpawn.ActionsDestroy(actions);
            _ = LibcSpawn.AttributesDestroy(attributes);
        }
    }

    /// <summary>The kind of an error number of <see cref="Spawn"/>.</summary>
    public static SpawnErrorKind KindOf(int errno) => errno switch
    {
        Libc.Enoent or Libc.Enotdir => SpawnErrorKind.CommandNotFound,
        Libc.Eacces or Libc.Enoexec => SpawnErrorKind.NotExecutable,
        Libc.Eagain => SpawnErrorKind.TooManyProcesses,
        Libc.Emfile or Libc.Enfile => SpawnErrorKind.TooManyOpenFiles,
        Libc.Enomem => SpawnErrorKind.OutOfMemory,
        Libc.E2Big => SpawnErrorKind.ArgumentsTooLong,
        Libc.Enospc or Libc.Edquot => SpawnErrorKind.DiskFull,
        _ => SpawnErrorKind.Other,
    };

    private static void SetDescriptors(byte* actions, in SpawnRequest request)
    {
        _ = LibcSpawn.ActionsDuplicate(actions, request.Input, 0);
        _ = LibcSpawn.ActionsDuplicate(actions, request.Output, 1);
        _ = LibcSpawn.ActionsDuplicate(actions, request.Error, 2);
        var first = 3;
        if (request.Inherited >= 0)
        {
            _ = LibcSpawn.ActionsDuplicate(actions, request.Inherited, first++);
        }

        if (request.Directory is not null)
        {
            _ = LibcSpawn.ActionsChangeDirectory(actions, request.Directory);
        }

        _ = LibcSpawn.ActionsCloseFrom(actions, first);
    }

    private static void SetAttributes(byte* attributes)
    {
        var all = stackalloc byte[LibcSpawn.SignalSetSize];
        var none = stackalloc byte[LibcSpawn.SignalSetSize];
        _ = LibcSpawn.SignalsAll(all);
        _ = LibcSpawn.SignalsNone(none);
        _ = LibcSpawn.AttributesSetSignalDefaults(attributes, all);
        _ = LibcSpawn.AttributesSetSignalMask(attributes, none);
        _ = LibcSpawn.AttributesSetFlags(
            attributes, LibcSpawn.SetSignalDefaults | LibcSpawn.SetSignalMask | LibcSpawn.SetSession);
    }
}
