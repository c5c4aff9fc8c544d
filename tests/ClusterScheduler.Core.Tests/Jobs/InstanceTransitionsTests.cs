using ClusterScheduler.Core.Jobs.Life;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Tests.Jobs;

/// <summary>The whole table, phase by phase and state by state.</summary>
public class InstanceTransitionsTests
{
    private const string OnAgent = "Staging:Unchanged Starting:Unchanged Running:Runs Killing:Unchanged "
        + "Finished:Finishes Failed:Fails Killed:IsLost Error:FailsForGood Lost:IsLost Dropped:IsLost "
        + "Unreachable:Parts Gone:IsLost GoneByOperator:IsLost Unknown:IsLost";

    private const string WhileKilling = "Staging:Unchanged Starting:Unchanged Running:Unchanged Killing:Unchanged "
        + "Finished:Finishes Failed:IsKilled Killed:IsKilled Error:IsKilled Lost:IsKilled Dropped:IsKilled "
        + "Unreachable:IsKilled Gone:IsKilled GoneByOperator:IsKilled Unknown:IsKilled";

    private const string WithoutAttempt = "Staging:Stale Starting:Stale Running:Stale Killing:Stale "
        + "Finished:Stale Failed:Stale Killed:Stale Error:Stale Lost:Stale Dropped:Stale "
        + "Unreachable:Stale Gone:Stale GoneByOperator:Stale Unknown:Stale";

    [Theory]
    [InlineData(InstancePhase.Pending, WithoutAttempt)]
    [InlineData(InstancePhase.Assigned, OnAgent)]
    [InlineData(InstancePhase.Running, OnAgent)]
    [InlineData(InstancePhase.Partitioned, OnAgent)]
    [InlineData(InstancePhase.Killing, WhileKilling)]
    [InlineData(InstancePhase.Finished, WithoutAttempt)]
    [InlineData(InstancePhase.Failed, WithoutAttempt)]
    [InlineData(InstancePhase.Killed, WithoutAttempt)]
    public void Every_state_has_its_outcome_in_every_phase(InstancePhase phase, string row) =>
        Assert.Equal(row, string.Join(' ', Enum.GetValues<TaskState>()
            .Select(state => $"{state}:{InstanceTransitions.Next(phase, state)}")));
}
