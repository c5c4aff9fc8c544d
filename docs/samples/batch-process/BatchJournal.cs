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
    private const string Head = "framework ";

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
    /// <exception cref="InvalidDataException">The file is no journal; it is left as it was.</exception>
    public static BatchJournal Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new InvalidDataException($"'{path}' is a directory, and must be a file");
        }

        // What a process that was killed left half written was not done: it goes.
        var text = File.Exists(path) ? File.ReadAllText(path) : "";
        var whole = text[..(text.LastIndexOf('\n') + 1)];
        var lines = whole.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var id = lines is [var first, ..] ? first[Math.Min(first.Length, Head.Length)..] : $"batch-{Guid.NewGuid():N}";
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        var journal = new BatchJournal(new FrameworkId(id), file);
        var isOne = text.StartsWith(Head, StringComparison.Ordinal) || Head.StartsWith(text, StringComparison.Ordinal);
        if (!isOne || !lines.Skip(1).All(line => journal.Apply(line.Split(' '))))
        {
            journal.Dispose();
            throw new InvalidDataException($"'{path}' is no journal of a batch: name another file, or a new one");
        }

        file.SetLength(whole.Length);
        file.Seek(0, SeekOrigin.End);
        if (lines.Length == 0)
        {
            journal.Write($"{Head}{journal.FrameworkId}");
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

    /// <summary>False: it is no step.</summary>
    private bool Apply(string[] words)
    {
        switch (words)
        {
            case ["launched", var number, var task] when IsLine(number, out var line):
                Launched = Launched.SetItem(new TaskId(task), line);
                return true;
            case ["dropped", var task]:
                Launched = Launched.Remove(new TaskId(task));
                return true;
            case ["ended", var number, var task, var word]
                when IsLine(number, out var line) && Enum.TryParse<TaskState>(word, out var state):
                Launched = Launched.Remove(new TaskId(task));
                Ended = Ended.SetItem(line, state);
                return true;
            default:
                return false;
        }
    }

    private static bool IsLine(string number, out int line) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out line);

    private void Write(string line)
    {
        _writer.WriteLine(line);
        _writer.Flush();
        _file.Flush(flushToDisk: true);
    }
}
