using ClusterScheduler.Simulation.Faults;
using ClusterScheduler.Simulation.Worlds;

namespace ClusterScheduler.Simulation.Network;

/// <summary>
/// What is between the nodes: late, lossy, repeating, cut in two. What the engine promises holds here as well: one
/// pair's messages stay in order unless the profile says otherwise, and news of an actor's end is said until it is
/// heard.
/// </summary>
internal sealed class FaultyNetwork(World world)
{
    private static readonly TimeSpan SystemRetry = TimeSpan.FromMilliseconds(300);

    private readonly SeededRandom random = world.Random.Fork();
    private readonly Dictionary<(Node, Node), TimeSpan> lastArrivals = [];
    private readonly HashSet<Node> cutOff = [];
    private readonly MutatedWire mutated = new(world);

    /// <summary>False: everything arrives, soon and once.</summary>
    public bool IsFaulty { get; set; } = true;

    private FaultProfile Profile => world.Plan.Profile;

    /// <summary>These nodes no longer hear the others, nor the others them.</summary>
    public void Cut(IEnumerable<Node> nodes) => cutOff.UnionWith(nodes);

    public void Heal() => cutOff.Clear();

    public bool AreApart(Node one, Node other) => cutOff.Contains(one) != cutOff.Contains(other);

    public void Send(Node from, Node to, SimulatedFrame frame)
    {
        if (frame is not SimulatedFrame.Tell tell)
        {
            SendSystem(from, to, from.Incarnation, frame);
            return;
        }

        world.Checks.Sent(from, tell.Original);
        if (mutated.Carry(from, tell) is not { } carried)
        {
            return;
        }

        if (AreApart(from, to) || (IsFaulty && random.Happens(Profile.Loss)))
        {
            world.Note(from.Name, $"-x {to.Name} {tell.Manifest}");
            return;
        }

        Carry(from, to, carried);
        if (IsFaulty && !IsCall(tell.Original) && random.Happens(Profile.Duplication))
        {
            Carry(from, to, carried);
        }
    }

    // A scheduler's calls are not numbered: they rely on a transport that says nothing twice, as Akka's does.
    private static bool IsCall(object message) => message is FrameworkProtocol.AcceptOffers;

    // Nor are a scheduler's offers: it hears its entity over one connection, in order.
    private static bool IsClientLink(Node from, Node to) => from.Name[0] == 's' || to.Name[0] == 's';

    private void Carry(Node from, Node to, SimulatedFrame.Tell tell)
    {
        var delay = random.Between(0.1, IsFaulty ? Profile.DelayMax : 1);
        var arrival = world.Now + delay;
        if (IsFaulty && !IsClientLink(from, to) && random.Happens(Profile.Reordering))
        {
            arrival += random.Between(0, 1_500);
        }
        else
        {
            arrival = arrival > lastArrivals.GetValueOrDefault((from, to))
                ? arrival
                : lastArrivals[(from, to)] + TimeSpan.FromTicks(1);
            lastArrivals[(from, to)] = arrival;
        }

        world.At(arrival - world.Now, to, () =>
        {
            if (!AreApart(from, to))
            {
                world.Note(from.Name, $"-> {to.Name} {tell.Manifest}", tell.Payload);
                to.Engine.Deliver(tell);
            }
        });
    }

    private void SendSystem(Node from, Node to, int incarnation, SimulatedFrame frame) =>
        world.At(random.Between(0.1, 2), () =>
        {
            if (AreApart(from, to) || !to.IsUp)
            {
                world.At(SystemRetry, () =>
                {
                    if (from.Incarnation == incarnation)
                    {
                        SendSystem(from, to, incarnation, frame);
                    }
                });
                return;
            }

            world.Note(from.Name, $"-> {to.Name} {frame.GetType().Name}");
            to.Run(() => to.Engine.Deliver(frame));
        });
}
