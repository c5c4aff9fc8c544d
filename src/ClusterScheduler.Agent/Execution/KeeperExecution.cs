using System.Collections.Immutable;
using System.Diagnostics;
using System.Threading.Channels;
using ClusterScheduler.Agent.Oversubscription;
using ClusterScheduler.Core.Reservations;

namespace ClusterScheduler.Agent.Execution;

/// <summary>
/// Tasks as real processes, run by a keeper that outlives the agent. One loop owns all state; callers and the
/// connection only post to it, so nothing here is locked and nothing blocks a caller.
/// </summary>
public sealed class KeeperExecution : IExecution
{
    private readonly Channel<ExecutionInput> _inputs =
        Channel.CreateUnbounded<ExecutionInput>(new UnboundedChannelOptions { SingleReader = true });

    private readonly AgentDirectory _directory;
    private readonly KeeperExecutionState _state;
    private readonly Action<string> _warn;
    private readonly ProcessTable _processes = new();
    private readonly UsageMeter _meter = new();
    private Task _loop = Task.CompletedTask;

    /// <summary>Takes the agent's directory.</summary>
    /// <exception cref="IOException">It cannot be used, or another agent has it; the message says which.</exception>
    public KeeperExecution(ExecutionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _warn = settings.Warn;
        _directory = AgentDirectory.Open(settings.Directory);
        _state = new KeeperExecutionState(settings, _directory, input => _inputs.Writer.TryWrite(input));
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<RecoveredTask>> StartAsync(
        Action<ExecutionReport> observer, CancellationToken cancellation)
    {
        var recovered = await Task.Run(() => _state.RecoverAsync(observer, cancellation), cancellation)
            .ConfigureAwait(false);
        _loop = Task.Run(RunAsync, CancellationToken.None);
        return recovered;
    }

    /// <inheritdoc/>
    public void Launch(LaunchRequest request) => Post(new ExecutionInput.Launch(request));

    /// <inheritdoc/>
    public void Kill(TaskKey key, TimeSpan? grace) => Post(new ExecutionInput.Kill(key, grace));

    /// <inheritdoc/>
    public void Preempt(TaskKey key, string role) => Post(new ExecutionInput.Preempt(key, role));

    /// <inheritdoc/>
    public Task<ImmutableArray<TaskUsage>> MeasureAsync(ImmutableArray<TaskKey> keys)
    {
        var sandboxes = keys.ToDictionary(key => _directory.Of(key).Sandbox, StringComparer.Ordinal);
        return Task.Run(() => _meter.Measure(Stopwatch.GetElapsedTime(0), _processes.Look(), sandboxes));
    }

    /// <inheritdoc/>
    public void Release(TaskKey key) => Post(new ExecutionInput.Release(key));

    /// <inheritdoc/>
    public void DestroyVolumes(ImmutableArray<VolumeName> names) => Post(new ExecutionInput.DestroyVolumes(names));

    /// <inheritdoc/>
    public void KeepVolumes(ImmutableArray<VolumeName> names) => Post(new ExecutionInput.KeepVolumes(names));

    /// <inheritdoc/>
    public Task<LogChunk> ReadLogAsync(
        TaskKey key, LogStream stream, long offset, int length, CancellationToken cancellation)
    {
        var sandbox = _directory.Of(key).Sandbox;
        return Task.Run(() => SandboxLog.Read(sandbox, stream, offset, length), cancellation);
    }

    /// <inheritdoc/>
    public async Task KillAllAsync()
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(new ExecutionInput.KillAll(over));
        await over.Task.ConfigureAwait(false);
    }

    /// <summary>
    /// Lets go of the keeper; tasks run on, unless they were to die with the agent.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        _inputs.Writer.TryComplete();
        try
        {
            await _loop.ConfigureAwait(false);
            _state.Dispose();
        }
        finally
        {
            // Whatever failed: the next agent of this process needs it.
            _directory.Dispose();
        }
    }

    private void Post(ExecutionInput input) => _inputs.Writer.TryWrite(input);

    private async Task RunAsync()
    {
        while (await _inputs.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (_inputs.Reader.TryRead(out var input))
            {
                Handle(input);
            }

            await _state.FlushAsync().ConfigureAwait(false);
        }
    }

    /// <summary>What fails for one task must not stop the others.</summary>
    private void Handle(ExecutionInput input)
    {
        try
        {
            _state.Handle(input);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _warn($"{input.GetType().Name} failed: {exception.Message}");
        }
        catch (Exception bug)
        {
            _warn($"{input} failed: {bug}");
        }
    }
}
