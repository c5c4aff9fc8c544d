namespace ClusterScheduler.EndToEnd.Tests.Harness;

/// <summary>Tests of clusters with short leases: beside others they would lose leases for want of a processor.</summary>
[CollectionDefinition("clusters", DisableParallelization = true)]
public sealed class AloneOnTheMachine;
