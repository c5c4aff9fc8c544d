using System.Globalization;
using ClusterScheduler.Cli.Output;
using ClusterScheduler.Core.Jobs.Life;
using Spectre.Console;

namespace ClusterScheduler.Cli.Running;

/// <summary>A table that is drawn again as the run goes on: jobs with a bar, agents with their load.</summary>
internal sealed class LiveRunView : IRunView
{
    /// <summary>Lines that are not rows of jobs: headers, agents, room to breathe.</summary>
    private const int OtherLines = 14;
    // Beside it stand the counts of every state; all of it fits a terminal of 80 columns.
    private const int BarColumns = 14;

    private readonly TextWriter _output;
    private readonly StringWriter _picture = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
    private readonly IAnsiConsole _console;
    private readonly bool _color;
    private readonly List<string> _notes = [];
    private RunSnapshot _now = RunSnapshot.Empty;
    private int _drawnLines;

    public LiveRunView(TextWriter output, bool color)
    {
        _output = output;
        _color = color;
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = color ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(_picture),
            Interactive = InteractionSupport.No,
        });
        output.Write("\e[?25l");
    }

    public void Ready(RunStart start)
    {
    }

    public void Changed(RunSnapshot before, RunSnapshot now)
    {
        _now = now;
        Draw();
    }

    public void Note(string text)
    {
        _notes.Add(text);
        Draw();
    }

    public void Ended(RunOutcome outcome)
    {
        _now = outcome.Last;
        Draw();
        OutcomeText.Write(outcome, _output, _color);
    }

    public void Dispose()
    {
        _output.Write("\e[?25h");
        _output.Flush();
        _picture.Dispose();
    }

    /// <summary>Over what was drawn before: up to its first line, then to the end of the screen.</summary>
    private void Draw()
    {
        _console.Profile.Width = Math.Max(40, Screen.Columns);
        _console.Write(JobTable());
        _console.Write(AgentTable());
        foreach (var note in _notes)
        {
            _console.WriteLine(note);
        }

        if (_drawnLines > 0)
        {
            _output.Write(string.Create(CultureInfo.InvariantCulture, $"\e[{_drawnLines}A\e[J"));
        }

        var picture = _picture.ToString();
        _picture.GetStringBuilder().Clear();
        _drawnLines = picture.Count(character => character == '\n');
        _output.Write(picture);
        _output.Flush();
    }

    private Table JobTable()
    {
        var table = new Table().Border(TableBorder.None);
        table.AddColumns(
            new TableColumn("JOB"),
            new TableColumn($"{_now.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s"),
            new TableColumn("WAITING").RightAligned(),
            new TableColumn("STARTING").RightAligned(),
            new TableColumn("RUNNING").RightAligned(),
            new TableColumn("FINISHED").RightAligned(),
            new TableColumn("FAILED").RightAligned());
        var room = Math.Max(3, Rows() - OtherLines - _now.Agents.Length);
        foreach (var job in _now.Jobs.OrderBy(job => job.Ended).Take(room))
        {
            var failed = job.Count(InstancePhase.Failed) + job.Count(InstancePhase.Killed);
            table.AddRow(
                new Text(job.Name),
                Bar(job),
                Number(job.Count(InstancePhase.Pending), Color.Default),
                Number(job.Count(InstancePhase.Assigned), Color.Default),
                Number(job.Count(InstancePhase.Running) + job.Count(InstancePhase.Killing), Color.Blue),
                Number(job.Count(InstancePhase.Finished), Color.Green),
                Number(failed, Color.Red));
        }

        if (_now.Jobs.Length > room)
        {
            table.AddRow(new Text($"and {_now.Jobs.Length - room} more"));
        }

        return table;
    }

    private Table AgentTable()
    {
        var table = new Table().Border(TableBorder.None);
        table.AddColumns(
            new TableColumn("AGENT"), new TableColumn("CPUS IN USE"), new TableColumn("TASKS").RightAligned());
        foreach (var agent in _now.Agents)
        {
            var share = agent.CpusTotal == 0 ? 0 : (double)(agent.CpusUsed / agent.CpusTotal);
            var used = string.Create(CultureInfo.InvariantCulture, $"{agent.CpusUsed:0.##}/{agent.CpusTotal:0.##}");
            table.AddRow(
                new Text(agent.Host),
                new Text($"{Filled(share, BarColumns / 2)} {used}"),
                Number(agent.Tasks, Color.Default));
        }

        return table;
    }

    private static Text Bar(JobProgress job)
    {
        var total = Math.Max(1, job.Instances.Length);
        var ended = job.Instances.Count(instance => instance.Phase.HasEnded());
        var color = job.Count(InstancePhase.Failed) > 0 ? Color.Red : Color.Green;
        var text = string.Create(
            CultureInfo.InvariantCulture, $"{Filled((double)ended / total, BarColumns)} {ended}/{total}");
        return new Text(text, new Style(color));
    }

    private static string Filled(double share, int columns)
    {
        var filled = (int)Math.Round(Math.Clamp(share, 0, 1) * columns);
        return new string('█', filled) + new string('░', columns - filled);
    }

    private static Text Number(int number, Color color) =>
        new(number.ToString(CultureInfo.InvariantCulture), new Style(number == 0 ? Color.Default : color));

    private static int Rows()
    {
        try
        {
            return Console.WindowHeight;
        }
        catch (IOException)
        {
            return 24;
        }
    }
}
