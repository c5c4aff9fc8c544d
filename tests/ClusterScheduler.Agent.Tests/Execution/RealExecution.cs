using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using ClusterScheduler.Agent.Execution;
using ClusterScheduler.Agent.Keeper;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Agent.Tests.Execution;

/// <summary>An agent's execution with a real keeper in a directory of its own; leaves nothing behind.</summary>
internal sealed class RealExecution : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ReportLog _reports = new();
    private readonly ConcurrentQueue<string> _warnings = new();
    private readonly bool _ownsDirectory;

    private RealExecution(string directory, bool ownsDirectory, Func<ExecutionSettings, ExecutionSettings> change)
    {
        _ownsDirectory = ownsDirectory;
        Directory = directory;
        Settings = change(new ExecutionSettings(directory, Command) 
        {
            Linger = TimeSpan.FromSeconds(5),
            Warn = _warnings.Enqueue,
        });
        Execution = new KeeperExecution(Settings);
    }

    public static ImmutableArray<string> Command { get; } = KeeperCommand.Of(
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
        typeof(RealExecution).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "KeeperAssembly").Value!);

    public string Directory { get; }

    public ExecutionSettings Settings { get; }

    public KeeperExecution Execution { get; private set; }

    public ImmutableArray<RecoveredTask> Recovered { get; private set; } = [];

    public static async Task<RealExecution> StartAsync(Func<ExecutionSettings, ExecutionSettings>? change = null)
    {
        var path = System.IO.Directory.CreateTempSubdirectory("csched-agent-").FullName;
        return await BeginAsync(new RealExecution(path, ownsDirectory: true, change ?? (settings => settings)));
    }

    public static TaskKey Key(string task) => new(new FrameworkId("framework"), new TaskId(task));

    /// <summary>Lets go of this agent, as its death would, and starts another on the same directory.</summary>
    public async Task RestartAsync()
    {
        await Execution.DisposeAsync();
        Execution = new KeeperExecution(Settings);
        Recovered = await Execution.StartAsync(_reports.Add, CancellationToken.None);
    }

    public Task LetGoAsync() => Execution.DisposeAsync().AsTask();

    public TaskKey Launch(string task, TaskPlan plan, params ImmutableArray<EnvironmentVariable> environment)
    {
        Execution.Launch(new LaunchRequest(Key(task), plan, environment, new byte[] { 1, 2, 3 }));
        return Key(task);
    }

    public TaskKey Shell(string task, string line) => Launch(task, TaskPlan.OfShell(line));

    public Task<ExecutionReport.Started> StartedAsync(TaskKey key) => _reports.FirstAsync<ExecutionReport.Started>(key);

    public Task<ExecutionReport.Ended> EndedAsync(TaskKey key) => _reports.FirstAsync<ExecutionReport.Ended>(key);

    public int CountOf(TaskKey key) => _reports.CountOf(key);

    public string Sandbox(TaskKey key) => Path.Combine(Directory, "sandboxes", key.Path);

    public string Output(TaskKey key, string stream = "stdout") => File.ReadAllText(Path.Combine(Sandbox(key), stream));

    /// <summary>The run log of a task, as text.</summary>
    public string Record(TaskKey key) => File.ReadAllText(Path.Combine(Directory, "tasks", key.Path, "started"));

    public int KeeperPid()
    {
        var line = File.ReadLines(Path.Combine(Directory, "keeper", "keeper.log"))
            .Last(line => line.EndsWith("started", StringComparison.Ordinal));
        return int.Parse(line.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await Execution.KillAllAsync().WaitAsync(Patience);
        await Execution.DisposeAsync();
        Assert.Empty(_warnings);
        if (_ownsDirectory)
        {
            System.IO.Directory.Delete(Directory, recursive: true);
        }
    }

    private static async Task<RealExecution> BeginAsync(RealExecution execution)
    {
        execution.Recovered = await execution.Execution.StartAsync(execution._reports.Add, CancellationToken.None);
        return execution;
    }
}
