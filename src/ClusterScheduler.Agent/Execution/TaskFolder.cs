using System.Text;
using ClusterScheduler.Agent.Keeper;
using ClusterScheduler.Agent.Processes;
using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Agent.Execution;

/// <summary>
/// What is on disk of one task: <c>task</c>, written by the agent before it hands the task to the keeper, and
/// <c>started</c>, made by the keeper before it starts anything, or by an agent that forbids the start, and
/// <c>preempted</c>, made by the agent before it ends a task for others.
/// </summary>
internal readonly record struct TaskFolder(string Root, string Sandbox, string Ended)
{
    public string Record => Path.Combine(Root, "task");

    public string Started => Path.Combine(Root, "started");

    private string Preempted => Path.Combine(Root, "preempted");

    /// <summary>The role that its agent meant to end it for, empty for pressure; null: it did not mean to.</summary>
    public string? PreemptedFor() => File.Exists(Preempted) ? File.ReadAllText(Preempted) : null;

    /// <summary>From now on a kill of it counts as a preemption.</summary>
    public void MarkPreempted(string role) => File.WriteAllText(Preempted, role);

    /// <summary>Makes record and sandbox. Throws IOException if either was there before.</summary>
    public void Create(TaskRecord record)
    {
        PrivatePath.CreateDirectory(Root);
        using (var file = new FileStream(Record, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            file.Write(record.ToBytes());
        }

        if (Directory.Exists(Sandbox))
        {
            throw new IOException($"The sandbox {Sandbox} exists already: a task of this id ran here before.");
        }

        PrivatePath.CreateDirectory(Sandbox);
    }

    /// <summary>What the agent wrote; null if it is not there or not whole.</summary>
    public TaskRecord? ReadRecord() => File.Exists(Record) ? TaskRecord.Parse(File.ReadAllBytes(Record)) : null;

    /// <summary>The run log; null if there is none.</summary>
    public RunLog? ReadRunLog() => File.Exists(Started) ? RunLogCodec.Decode(File.ReadAllBytes(Started)) : null;

    /// <summary>Makes the record that forbids the start for good.</summary>
    /// <returns>False if somebody made the record before.</returns>
    public bool TryForbid(string bootId)
    {
        var (file, error) = RunLogFile.Create(Started, new RunLogOpening.Forbidden(bootId, DateTimeOffset.UtcNow));
        file?.Dispose();

        // A full disk does not change it: nobody will hand the task to a keeper, and the next agent finds the same.
        return error is not { Errno: Libc.Eexist };
    }

    /// <summary>Adds how the task ended, after the keeper that should have done so is gone.</summary>
    public void Conclude(TaskResult result)
    {
        var bytes = File.ReadAllBytes(Started);
        using var file = new FileStream(Started, FileMode.Open, FileAccess.Write, FileShare.Read, bufferSize: 0);

        // A torn last line says nothing, and would spoil the next.
        file.SetLength(bytes.AsSpan().LastIndexOf((byte)'\n') + 1);
        file.Seek(0, SeekOrigin.End);
        file.Write(Encoding.UTF8.GetBytes(RunLogCodec.Encode(new TaskRunEvent.TaskEnded(result, default))));
    }

    /// <summary>
    /// The end is known wherever it must be. The record moves aside and goes with the sandbox: file systems pay dearly
    /// for files that are made and deleted hundreds of times a second.
    /// </summary>
    public void Retire()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Ended)!);
        Directory.Move(Root, Ended);
    }

    /// <summary>Nothing of the task ever came to be.</summary>
    public void Delete()
    {
        File.Delete(Started);
        File.Delete(Record);
        File.Delete(Preempted);
        Directory.Delete(Root);
    }
}
