namespace ClusterScheduler.Sdk;

/// <summary>How a scheduler presents itself and how it keeps its connection.</summary>
/// <param name="FrameworkId">
/// Names the framework for ever: 1 to 255 characters, no slashes, no control characters. A scheduler that comes back
/// after a crash must come with the same id, or its tasks are left to the failover timeout of the framework that it
/// was: keep it where the scheduler keeps its own state.
/// </param>
/// <param name="Info">Name, account, roles, failover timeout (Mesos: FrameworkInfo).</param>
public sealed record SchedulerSettings(FrameworkId FrameworkId, FrameworkInfo Info)
{
    /// <summary>
    /// Whether an update is acknowledged when <c>StatusUpdate</c> has returned without an exception. Set to false to
    /// acknowledge later, when the update is stored; until then the task's next update does not come.
    /// </summary>
    public bool AcknowledgeAutomatically { get; init; } = true;

    /// <summary>Roles in which no offers are wanted at first; each must be one of the framework's.</summary>
    public ImmutableArray<string> SuppressedRoles { get; init; } = [];

    /// <summary>Between the first subscription and its first repetition. More than zero; doubled each time.</summary>
    public TimeSpan SubscribeBackoffMin { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest time between two subscriptions; Mesos advises schedulers to stay below 15 s.</summary>
    public TimeSpan SubscribeBackoffMax { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How many heartbeats may be missed before the connection counts as lost, 1 or more; Mesos: 5.</summary>
    public int HeartbeatsMissedMax { get; init; } = 5;

    /// <summary>
    /// How many acknowledged updates are remembered, so that a repeated one is not given out again; 1 or more. A busy
    /// framework gets that many between the loss of an acknowledgement and the repetition, 2 to 30 s later: at the
    /// default, 3,000 updates a second for 30 s. Each takes about 60 bytes, once it is needed.
    /// </summary>
    public int UpdatesRememberedMax { get; init; } = 100_000;

    /// <summary>Gives fresh ids for connections; tests and simulations give their own.</summary>
    public Func<Guid> NewId { get; init; } = Guid.NewGuid;

    /// <summary>Throws where a value cannot be worked with.</summary>
    /// <exception cref="ArgumentException">Names the setting, its value and what would be right.</exception>
    public void Validate()
    {
        Require(
            FrameworkRules.CheckId(FrameworkId) is null, nameof(FrameworkId), FrameworkId.Value,
            $"1 to {IdRules.LengthMax} characters without slashes and control characters, and no directory's name");
        Require(Info is { Roles.IsDefaultOrEmpty: false }, nameof(Info), Info, "described, with at least one role");
        Require(SubscribeBackoffMin > TimeSpan.Zero, nameof(SubscribeBackoffMin), SubscribeBackoffMin, "more than 0");
        Require(
            SubscribeBackoffMax >= SubscribeBackoffMin, nameof(SubscribeBackoffMax), SubscribeBackoffMax,
            $"at least {nameof(SubscribeBackoffMin)} ({SubscribeBackoffMin})");
        Require(HeartbeatsMissedMax >= 1, nameof(HeartbeatsMissedMax), HeartbeatsMissedMax, "1 or more");
        Require(UpdatesRememberedMax >= 1, nameof(UpdatesRememberedMax), UpdatesRememberedMax, "1 or more");
        foreach (var role in SuppressedRoles)
        {
            Require(Info.Roles.Contains(role), nameof(SuppressedRoles), role,
                $"one of the framework's roles ({string.Join(", ", Info.Roles)})");
        }
    }

    private static void Require(bool holds, string name, object? value, string right)
    {
        if (!holds)
        {
            throw new ArgumentException($"{nameof(SchedulerSettings)}.{name} is '{value}'; it must be {right}", name);
        }
    }
}
