using ClusterScheduler.Agent.Agents;
using ClusterScheduler.Simulation.Worlds;

namespace ClusterScheduler.Simulation.Agents;

/// <summary>The agent's id on the machine's disk.</summary>
internal sealed class MachineIdentity(World world, Machine machine) : IAgentIdentity
{
    public Task<AgentId?> LoadAsync() => Task.FromResult(machine.Id);

    public Task SaveAsync(AgentId id)
    {
        var saved = new TaskCompletionSource();
        world.At(TimeSpan.FromMilliseconds(1), machine.Node, () =>
        {
            machine.Id = id;
            saved.SetResult();
        });
        return saved.Task;
    }
}
