namespace ClusterScheduler.EndToEnd.Tests.Harness;

/// <summary>Tests of clusters with short leases: beside others they would lose them for want of a processor.</summary>
[CollectionDefinition("clusters", DisableParallelization = true)]
public sealed class AloneOnTheMachine;
