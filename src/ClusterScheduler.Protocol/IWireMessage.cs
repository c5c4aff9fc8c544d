namespace ClusterScheduler.Protocol;

/// <summary>
/// May cross a process border or be stored: has a manifest name in <c>Wire/WireManifests</c> and golden bytes in the
/// tests. What has no such marker never leaves the process.
/// </summary>
public interface IWireMessage;

/// <summary>Goes to one framework's entity.</summary>
public interface IFrameworkMessage : IWireMessage
{
    /// <summary>The entity it goes to.</summary>
    FrameworkId FrameworkId { get; }
}

/// <summary>Said by the scheduler whose connection it names; counts only while that is the current one.</summary>
public interface ISchedulerCall : IFrameworkMessage
{
    /// <summary>As the scheduler named it when it subscribed.</summary>
    Guid Connection { get; }
}

/// <summary>Goes to one task's entity.</summary>
public interface ITaskMessage : IWireMessage
{
    /// <summary>The framework of the task.</summary>
    FrameworkId FrameworkId { get; }

    /// <summary>The task within its framework.</summary>
    TaskId TaskId { get; }
}

/// <summary>
/// Said by an agent. An agent outside the membership may say nothing else; what is no <see cref="ITaskMessage"/> goes
/// to the master.
/// </summary>
public interface IAgentMessage : IWireMessage;
