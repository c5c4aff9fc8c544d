using ClusterScheduler.Agent.Processes;

namespace ClusterScheduler.Agent.Execution;

/// <summary>
/// The directory of one agent, locked against a second one: <c>tasks</c> holds a record for each task whose end is not
/// yet known everywhere, <c>ended</c> those of the others, <c>sandboxes</c> what tasks wrote, <c>volumes</c> what is to
/// outlive them, <c>keeper</c> the keeper's socket and log.
/// </summary>
internal sealed class AgentDirectory : IDisposable
{
    private const int LockExclusive = 2, LockNonBlocking = 4;

    private int _lock = -1;

    private AgentDirectory(string path) => Root = Path.GetFullPath(path);

    public string Root { get; }

    public string Tasks => Path.Combine(Root, "tasks");

    public string Sandboxes => Path.Combine(Root, "sandboxes");

    public string Volumes => Path.Combine(Root, "volumes");

    public string Ended => Path.Combine(Root, "ended");

    public string Keeper => Path.Combine(Root, "keeper");

    /// <summary>Makes the directory if need be, and locks it.</summary>
    /// <exception cref="IOException">It cannot be made or written, or another agent has it.</exception>
    public static AgentDirectory Open(string path)
    {
        var directory = new AgentDirectory(path);
        PrivatePath.CreateDirectory(directory.Root);
        PrivatePath.CreateDirectory(directory.Tasks);
        PrivatePath.CreateDirectory(directory.Sandboxes);
        PrivatePath.CreateDirectory(directory.Ended);
        PrivatePath.CreateDirectory(directory.Keeper);
        directory._lock = Libc.Open(
            Path.Combine(directory.Root, "lock"), Libc.WriteOnly | Libc.Create | Libc.CloseOnExec, 0b110_000_000);
        if (directory._lock < 0)
        {
            throw new IOException($"The agent's directory {directory.Root} cannot be written.");
        }

        if (Libc.Lock(directory._lock, LockExclusive | LockNonBlocking) != 0)
        {
            directory.Dispose();
            throw new IOException($"Another agent is at work in {directory.Root}.");
        }

        return directory;
    }

    public TaskFolder Of(TaskKey key) => Of(key.Path);

    /// <summary>The folder of a task by its path below the tree of all tasks.</summary>
    public TaskFolder Of(string path) =>
        new(Path.Combine(Tasks, path), Path.Combine(Sandboxes, path), Path.Combine(Ended, path));

    public void Dispose()
    {
        if (_lock >= 0)
        {
            _ = Libc.Close(_lock);
            _lock = -1;
        }
    }
}
