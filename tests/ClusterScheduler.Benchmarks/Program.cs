using ClusterScheduler.Agent.Keeper;
using ClusterScheduler.Benchmarks.Harness;

// Agents that are measured here start this program as their keeper.
return args is [KeeperProgram.Verb, .. var rest] ? KeeperProgram.Run(rest) : BenchmarkProgram.Run(args);
