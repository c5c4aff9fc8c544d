using System.Runtime.CompilerServices;

namespace Akka.Cluster.Sharding;

/// <summary>Times, sizes and limits of <c>akka.cluster.sharding</c>.</summary>
public class TuningParameters
{
    public TuningParameters(
        TimeSpan coordinatorFailureBackoff, TimeSpan retryInterval, int bufferSize, TimeSpan handOffTimeout,
        TimeSpan shardStartTimeout, TimeSpan shardFailureBackoff, TimeSpan entityRestartBackoff,
        TimeSpan rebalanceInterval, int snapshotAfter, int keepNrOfBatches,
        int leastShardAllocationRebalanceThreshold, int leastShardAllocationMaxSimultaneousRebalance,
        TimeSpan waitingForStateTimeout, TimeSpan updatingStateTimeout, string entityRecoveryStrategy,
        TimeSpan entityRecoveryConstantRateStrategyFrequency,
        int entityRecoveryConstantRateStrategyNumberOfEntities, int coordinatorStateWriteMajorityPlus,
        int coordinatorStateReadMajorityPlus, int leastShardAllocationAbsoluteLimit,
        double leastShardAllocationRelativeLimit)
    {
        CoordinatorFailureBackoff = NotNegative(coordinatorFailureBackoff);
        RetryInterval = NotNegative(retryInterval);
        BufferSize = NotNegative(bufferSize);
        HandOffTimeout = NotNegative(handOffTimeout);
        ShardStartTimeout = NotNegative(shardStartTimeout);
        ShardFailureBackoff = NotNegative(shardFailureBackoff);
        EntityRestartBackoff = NotNegative(entityRestartBackoff);
        RebalanceInterval = NotNegative(rebalanceInterval);
        SnapshotAfter = NotNegative(snapshotAfter);
        KeepNrOfBatches = NotNegative(keepNrOfBatches);
        LeastShardAllocationRebalanceThreshold = NotNegative(leastShardAllocationRebalanceThreshold);
        LeastShardAllocationMaxSimultaneousRebalance = NotNegative(leastShardAllocationMaxSimultaneousRebalance);
        WaitingForStateTimeout = NotNegative(waitingForStateTimeout);
        UpdatingStateTimeout = NotNegative(updatingStateTimeout);
        EntityRecoveryStrategy = entityRecoveryStrategy is "all" or "constant"
            ? entityRecoveryStrategy
            : throw new ArgumentException(
                $"entity-recovery-strategy is '{entityRecoveryStrategy}'; it must be all or constant.",
                nameof(entityRecoveryStrategy));
        EntityRecoveryConstantRateStrategyFrequency = NotNegative(entityRecoveryConstantRateStrategyFrequency);
        EntityRecoveryConstantRateStrategyNumberOfEntities =
            NotNegative(entityRecoveryConstantRateStrategyNumberOfEntities);
        CoordinatorStateWriteMajorityPlus = NotNegative(coordinatorStateWriteMajorityPlus);
        CoordinatorStateReadMajorityPlus = NotNegative(coordinatorStateReadMajorityPlus);
        LeastShardAllocationAbsoluteLimit = NotNegative(leastShardAllocationAbsoluteLimit);
        LeastShardAllocationRelativeLimit = leastShardAllocationRelativeLimit;
    }

    /// <summary>Wait before a coordinator that failed is started again.</summary>
    public TimeSpan CoordinatorFailureBackoff { get; private set; }

    /// <summary>After this, what was not answered is said again.</summary>
    public TimeSpan RetryInterval { get; private set; }

    /// <summary>Messages that a region, and each shard, keeps at most.</summary>
    public int BufferSize { get; private set; }

    /// <summary>Longest time the entities of a shard may take to stop when it moves.</summary>
    public TimeSpan HandOffTimeout { get; private set; }

    public TimeSpan ShardStartTimeout { get; private set; }

    public TimeSpan ShardFailureBackoff { get; private set; }

    public TimeSpan EntityRestartBackoff { get; private set; }

    public TimeSpan RebalanceInterval { get; private set; }

    public int SnapshotAfter { get; private set; }

    public int KeepNrOfBatches { get; private set; }

    /// <summary>Known from Akka.NET; of a strategy that this engine does not have.</summary>
    public int LeastShardAllocationRebalanceThreshold { get; private set; }

    /// <summary>Known from Akka.NET; of a strategy that this engine does not have.</summary>
    public int LeastShardAllocationMaxSimultaneousRebalance { get; private set; }

    /// <summary>Known from Akka.NET; the coordinator has no state to read.</summary>
    public TimeSpan WaitingForStateTimeout { get; private set; }

    /// <summary>Known from Akka.NET; the coordinator has no state to write.</summary>
    public TimeSpan UpdatingStateTimeout { get; private set; }

    /// <summary>How remembered entities start: all or constant.</summary>
    public string EntityRecoveryStrategy { get; private set; }

    public TimeSpan EntityRecoveryConstantRateStrategyFrequency { get; private set; }

    public int EntityRecoveryConstantRateStrategyNumberOfEntities { get; private set; }

    /// <summary>Known from Akka.NET; the coordinator has no state to write.</summary>
    public int CoordinatorStateWriteMajorityPlus { get; private set; }

    /// <summary>Known from Akka.NET; the coordinator has no state to read.</summary>
    public int CoordinatorStateReadMajorityPlus { get; private set; }

    /// <summary>Shards that one rebalancing moves at most; 0: only the share limits.</summary>
    public int LeastShardAllocationAbsoluteLimit { get; private set; }

    /// <summary>Share of all shards that one rebalancing moves at most.</summary>
    public double LeastShardAllocationRelativeLimit { get; private set; }

    public TuningParameters WithCoordinatorFailureBackoff(TimeSpan value) =>
        With(copy => copy.CoordinatorFailureBackoff = NotNegative(value));

    public TuningParameters WithRetryInterval(TimeSpan value) =>
        With(copy => copy.RetryInterval = NotNegative(value));

    public TuningParameters WithBufferSize(int value) => With(copy => copy.BufferSize = NotNegative(value));

    public TuningParameters WithHandOffTimeout(TimeSpan value) =>
        With(copy => copy.HandOffTimeout = NotNegative(value));

    public TuningParameters WithShardStartTimeout(TimeSpan value) =>
        With(copy => copy.ShardStartTimeout = NotNegative(value));

    public TuningParameters WithShardFailureBackoff(TimeSpan value) =>
        With(copy => copy.ShardFailureBackoff = NotNegative(value));

    public TuningParameters WithEntityRestartBackoff(TimeSpan value) =>
        With(copy => copy.EntityRestartBackoff = NotNegative(value));

    public TuningParameters WithRebalanceInterval(TimeSpan value) =>
        With(copy => copy.RebalanceInterval = NotNegative(value));

    public TuningParameters WithSnapshotAfter(int value) => With(copy => copy.SnapshotAfter = NotNegative(value));

    public TuningParameters WithKeepNrOfBatches(int value) =>
        With(copy => copy.KeepNrOfBatches = NotNegative(value));

    public TuningParameters WithLeastShardAllocationRebalanceThreshold(int value) =>
        With(copy => copy.LeastShardAllocationRebalanceThreshold = NotNegative(value));

    public TuningParameters WithLeastShardAllocationMaxSimultaneousRebalance(int value) =>
        With(copy => copy.LeastShardAllocationMaxSimultaneousRebalance = NotNegative(value));

    public TuningParameters WithWaitingForStateTimeout(TimeSpan value) =>
        With(copy => copy.WaitingForStateTimeout = NotNegative(value));

    public TuningParameters WithUpdatingStateTimeout(TimeSpan value) =>
        With(copy => copy.UpdatingStateTimeout = NotNegative(value));

    public TuningParameters WithEntityRecoveryStrategy(string value) =>
        With(copy => copy.EntityRecoveryStrategy = value);

    public TuningParameters WithEntityRecoveryConstantRateStrategyFrequency(TimeSpan value) =>
        With(copy => copy.EntityRecoveryConstantRateStrategyFrequency = NotNegative(value));

    public TuningParameters WithEntityRecoveryConstantRateStrategyNumberOfEntities(int value) =>
        With(copy => copy.EntityRecoveryConstantRateStrategyNumberOfEntities = NotNegative(value));

    public TuningParameters WithCoordinatorStateWriteMajorityPlus(int value) =>
        With(copy => copy.CoordinatorStateWriteMajorityPlus = NotNegative(value));

    public TuningParameters WithCoordinatorStateReadMajorityPlus(int value) =>
        With(copy => copy.CoordinatorStateReadMajorityPlus = NotNegative(value));

    public TuningParameters WithLeastShardAllocationAbsoluteLimit(int value) =>
        With(copy => copy.LeastShardAllocationAbsoluteLimit = NotNegative(value));

    public TuningParameters WithLeastShardAllocationRelativeLimit(double value) =>
        With(copy => copy.LeastShardAllocationRelativeLimit = value);

    private static TimeSpan NotNegative(TimeSpan time, [CallerArgumentExpression(nameof(time))] string name = "") =>
        time >= TimeSpan.Zero
            ? time
            : throw new ArgumentOutOfRangeException(name, $"{name} is {time}; it cannot be negative.");

    private static int NotNegative(int number, [CallerArgumentExpression(nameof(number))] string name = "") =>
        number >= 0
            ? number
            : throw new ArgumentOutOfRangeException(name, $"{name} is {number}; it cannot be negative.");

    private TuningParameters With(Action<TuningParameters> change)
    {
        var copy = (TuningParameters)MemberwiseClone();
        change(copy);
        return copy;
    }
}
