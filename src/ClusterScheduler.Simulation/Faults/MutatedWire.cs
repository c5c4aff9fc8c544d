using ClusterScheduler.Simulation.Worlds;

namespace ClusterScheduler.Simulation.Faults;

/// <summary>What a mutation does to messages on their way; without one, nothing.</summary>
internal sealed class MutatedWire(World world)
{
    private MasterEpoch newest;

    /// <summary>The message as it arrives; null: it does not.</summary>
    public SimulatedFrame.Tell? Carry(Node from, SimulatedFrame.Tell tell) => world.Plan.Mutation switch
    {
        Mutation.ReleasesLost when tell.Original is MasterProtocol.ReleaseTask
            or MasterProtocol.TaskProbed { Standing: MasterProtocol.TaskStanding.Ended } => null,
        Mutation.EpochsRewritten => WithNewestEpoch(from, tell),
        _ => tell,
    };

    private SimulatedFrame.Tell WithNewestEpoch(Node from, SimulatedFrame.Tell tell)
    {
        object? rewritten = tell.Original switch
        {
            FrameworkProtocol.MasterElected elected => See(elected.Epoch, elected),
            FrameworkProtocol.OffersMade made => See(made.Epoch, made with { Epoch = newest }),
            FrameworkProtocol.FrameworkRegistered known => See(known.Epoch, known with { Epoch = newest }),
            FrameworkProtocol.AcceptAnswered answered => See(answered.Epoch, answered with { Epoch = newest }),
            AgentProtocol.Reregister again => See(again.Epoch, again with { Epoch = newest }),
            _ => null,
        };
        if (rewritten is null || rewritten.Equals(tell.Original))
        {
            return tell;
        }

        var payload = from.System.Serialization.Serialize(rewritten);
        return tell with { Payload = payload, Original = rewritten };
    }

    private object See(MasterEpoch epoch, object message)
    {
        newest = epoch > newest ? epoch : newest;
        return message;
    }
}
