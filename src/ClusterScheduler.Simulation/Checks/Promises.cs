using ClusterScheduler.Simulation.Worlds;

namespace ClusterScheduler.Simulation.Checks;

/// <summary>I7: who was admitted stays admitted; ids that were given out are known for ever.</summary>
internal sealed class Promises(World world) : Watcher
{
    private readonly Dictionary<AgentId, Guid> given = [];

    public override void Sent(Node from, object message)
    {
        switch (message)
        {
            case AgentProtocol.AgentRegistered registered:
                given[registered.AgentId] = registered.Incarnation;
                break;
            case AgentProtocol.AgentRefused refused when refused.Reason != AgentProtocol.AgentRefusal.IdInUse:
                world.Break("I7", $"an agent that was admitted is refused: {refused.Reason}, {refused.Message}");
                break;
            case FrameworkProtocol.FrameworkRefused refused:
                world.Break("I7", $"{refused.FrameworkId} is refused: {refused.Message}");
                break;
        }
    }
}
