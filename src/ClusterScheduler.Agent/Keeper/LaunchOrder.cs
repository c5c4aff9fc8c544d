using System.Collections.Immutable;
using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Agent.Keeper;

/// <summary>All that a keeper needs to run one task.</summary>
/// <param name="Key">Names the task between agent and keeper.</param>
/// <param name="Plan">What it runs.</param>
/// <param name="Environment">NAME=VALUE, complete.</param>
/// <param name="Sandbox">Its directory, made by the agent.</param>
/// <param name="Record">Path of its run log, which must not exist.</param>
/// <param name="LogBytesMax">When stdout or stderr grows beyond it, it is rotated; 0: never.</param>
/// <param name="LogBackups">How many rotated files are kept.</param>
internal sealed record LaunchOrder(
    string Key,
    TaskPlan Plan,
    ImmutableArray<string> Environment,
    string Sandbox,
    string Record,
    long LogBytesMax,
    int LogBackups);
