using Akka.Actor;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Framework.Tests.ControlPlane;

/// <summary>
/// A way to an actor on which messages are lost, come twice, and come late. What a scheduler says comes through: its
/// own test is whether what follows from it does.
/// </summary>
internal sealed class BadLink : ReceiveActor, IWithTimers
{
    private readonly Random chance;
    private int delayed;

    public BadLink(IActorRef target, int seed)
    {
        chance = new Random(seed);
        Receive<Late>(late => target.Tell(late.Message, late.Sender));
        ReceiveAny(message =>
        {
            if (message is FrameworkProtocol.Subscribe or FrameworkProtocol.AcceptOffers
                or FrameworkProtocol.CommitTasks or FrameworkProtocol.KillTask)
            {
                target.Forward(message);
                return;
            }

            // 20 % are lost, 10 % come twice, 20 % come late.
            var dice = chance.Next(100);
            if (dice is >= 20 and < 80)
            {
                target.Forward(message);
            }

            if (dice is >= 70)
            {
                Timers.StartSingleTimer(
                    delayed++, new Late(message, Sender), TimeSpan.FromMilliseconds(chance.Next(1, 120)));
            }
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>Each way of a control plane gets a chance of its own from one seed.</summary>
    public static Func<IActorRefFactory, IActorRef, IActorRef> From(int seed)
    {
        var ways = 0;
        return (system, target) =>
        {
            var own = (seed * 10) + ways++;
            return system.ActorOf(Props.Create(() => new BadLink(target, own)));
        };
    }

    private sealed record Late(object Message, IActorRef Sender);
}
