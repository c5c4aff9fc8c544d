using ClusterScheduler.Benchmarks.Allocation;
using ClusterScheduler.Benchmarks.Cluster;
using ClusterScheduler.Benchmarks.ControlPlane;
using ClusterScheduler.Benchmarks.Engine;
using ClusterScheduler.Benchmarks.Execution;
using ClusterScheduler.Benchmarks.Harness;
using ClusterScheduler.Benchmarks.Product;

namespace ClusterScheduler.Benchmarks;

/// <summary>Every benchmark there is, in the order of the report.</summary>
internal static class Catalogue
{
    internal static readonly IReadOnlyList<IBenchmark> All =
    [
        new TellBenchmark(),
        new PingPongBenchmark(),
        new SpawnBenchmark(),
        new ActorMemoryBenchmark(),
        new RemoteTellBenchmark(),
        new RemoteAskBenchmark(),
        new ShardTellBenchmark(fromAfar: false),
        new ShardTellBenchmark(fromAfar: true),
        new PersistSqliteBenchmark(),
        new PersistPostgresBenchmark(),
        new RecoveryBenchmark(),
        new ExecutionBenchmark(),
        new ExecutionRoundTripBenchmark(),
        new LaunchBenchmark(),
        new RoundTripBenchmark(),
        new StartupBenchmark(),
        new ControlPlaneBenchmark(durable: true),
        new ControlPlaneBenchmark(durable: false),
        .. FailoverBenchmark.All,
        new LeaveBenchmark(),
        new ReregisterBenchmark(),
        new TaskMemoryBenchmark(),
        new WaitingMemoryBenchmark(),
        .. AllocatorBenchmark.All,
    ];
}
