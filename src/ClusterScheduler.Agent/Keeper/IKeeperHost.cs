using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Agent.Keeper;

/// <summary>What a kept task asks of the loop that it lives in.</summary>
internal interface IKeeperHost
{
    /// <summary>Monotonic time.</summary>
    TimeSpan Now { get; }

    /// <summary>Starts a process and watches it: its end will be told to the task.</summary>
    (ProcessIdentity Identity, SpawnError? Error) Start(KeptTask task, ProcessSpec process, int run);

    /// <summary>SIGTERM to the task's trees now; tell it when they are gone.</summary>
    void Terminate(KeptTask task);

    /// <summary>SIGKILL to the task's trees until they are gone; tell it then.</summary>
    void Sweep(KeptTask task);

    /// <summary>Tell the agent.</summary>
    void Report(KeeperReport report);

    /// <summary>The task is over and nothing of it is left.</summary>
    void Over(KeptTask task);
}
