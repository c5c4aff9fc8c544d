namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>Tests that look at the memory of the whole process.</summary>
[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public sealed class AloneInTheProcess;
