using System.Collections.Immutable;
using System.Globalization;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Tasks;

namespace BatchProcess;

/// <summary>
/// What a batch must remember over its own death: the framework's id, which line was launched as which task, and how
/// lines ended. A few short lines in a file, each on the disk before the next step.
/// </summary>
public sealed class BatchJournal : IDisposable
{
    private readonly FileStream _file;
    private readonly StreamWriter _writer;

    private BatchJournal(FrameworkId framework, FileStream file)
    {
        FrameworkId = framework;
        _file = file;
        _writer = new StreamWriter(file);
    }

    /// <summary>The same for the whole life of the batch.</summary>
    public FrameworkId FrameworkId { get; }

    /// <summary>Tasks that were launched and of whose end nothing is known, with their lines.</summary>
    public ImmutableDictionary<TaskId, int> Launched { get; private set; } = ImmutableDictionary<TaskId, int>.Empty;

    /// <summary>Lines that ended, and how.</summary>
    public ImmutableSortedDictionary<int, TaskState> Ended { get; private set; } =
        ImmutableSortedDictionary<int, TaskState>.Empty;

    /// <summary>Opens the journal of a batch, or begins one with a fresh framework id.</summary>
    public static BatchJournal Open(string path)
    {
        // What a process that was killed left half written was not done: it goes.
        var text = File.Exists(path) ? File.ReadAllText(path) : "";
        var whole = text[..(text.LastIndexOf('\n') + 1)];
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        file.SetLength(whole.Length);
        file.Seek(0, SeekOrigin.End);
        var lines = whole.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines is not [var first, ..])
        {
            var fresh = new BatchJournal(new FrameworkId($"batch-{Guid.NewGuid():N}"), file);
            fresh.Write($"framework {fresh.FrameworkId}");
            return fresh;
        }

        var journal = new BatchJournal(new FrameworkId(first.Split(' ')[1]), file);
        foreach (var line in lines.Skip(1))
        {
            journal.Apply(line.Split(' '));
        }

        return journal;
    }

    /// <summary>Before the launch goes out: after a crash the task is asked about, not launched once more.</summary>
    public void Launch(int line, TaskId task)
    {
        Launched = Launched.Add(task, line);
        Write(string.Create(CultureInfo.InvariantCulture, $"launched {line} {task}"));
    }

    /// <summary>The task never ran; its line waits again.</summary>
    public void Drop(TaskId task)
    {
        Launched = Launched.Remove(task);
        Write($"dropped {task}");
    }

    /// <summary>Before the update is acknowledged: the cluster repeats it until then.</summary>
    public void End(int line, TaskId task, TaskState state)
    {
        Launched = Launched.Remove(task);
        Ended = Ended.SetItem(line, state);
        Write(string.Create(CultureInfo.InvariantCulture, $"ended {line} {task} {state}"));
    }

    public void Dispose() => _writer.Dispose();

    private void Apply(string[] words)
    {
        switch (words)
        {
            case ["launched", var line, var task]:
                Launched = Launched.SetItem(new TaskId(task), int.Parse(line, CultureInfo.InvariantCulture));
                break;
            case ["dropped", var task]:
                Launched = Launched.Remove(new TaskId(task));
                break;
            case ["ended", var line, var task, var state]:
                Launched = Launched.Remove(new TaskId(task));
                Ended = Ended.SetItem(int.Parse(line, CultureInfo.InvariantCulture), Enum.Parse<TaskState>(state));
                break;
            default:
                throw new InvalidDataException($"the journal says '{string.Join(' ', words)}', which is no step");
        }
    }

    private void Write(string line)
    {
        _writer.WriteLine(line);
        _writer.Flush();
        _file.Flush(flushToDisk: true);
    }
}
