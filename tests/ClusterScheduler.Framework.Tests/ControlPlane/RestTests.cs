using System.Threading.Channels;
using Akka.Actor;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Protocol;
using ClusterScheduler.Runtime.Entities;

namespace ClusterScheduler.Framework.Tests.ControlPlane;

/// <summary>A task that is over and owes nothing comes to rest, and stays there.</summary>
public class RestTests
{
    private static readonly TaskId Over = new("over");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task An_acknowledgement_too_many_wakes_a_task_once()
    {
        var heard = Channel.CreateUnbounded<object>();
        await using var plane = new LocalControlPlane(
            link: (system, target) => system.ActorOf(Props.Create(() => new Tap(target, heard.Writer))));
        var end = await RunToItsEnd(plane);
        var entity = await plane.System
            .ActorSelection($"/user/tasks/{Uri.EscapeDataString(TaskEntityId.Of(plane.Framework, Over))}")
            .ResolveOne(Patience);
        var rested = entity.WatchAsync();
        Acknowledge(plane, end);
        await rested;
        while (heard.Reader.TryRead(out _))
        {
        }

        var refs = ClusterRefs.Of(plane.System);
        refs.Tasks.Tell(new TaskProtocol.AcknowledgeUpdate(plane.Framework, Over, end.Uuid!.Value));
        var said = await HeardUntil<MasterProtocol.ReleaseTask>(heard.Reader);

        // Had it told its end before, that would have come by before this question.
        refs.Frameworks.Tell(new FrameworkProtocol.ListTasks(plane.Framework));
        said.AddRange(await HeardUntil<FrameworkProtocol.ListTasks>(heard.Reader));
        Assert.DoesNotContain(said, static message => message is FrameworkProtocol.TaskUpdated);
    }

    private static async Task<StatusUpdate> RunToItsEnd(LocalControlPlane plane)
    {
        var offer = await plane.FirstOffer();
        var task = new TaskInfo(Over, "over", ResourceSet.Parse("cpus:1"), TaskPlan.OfShell("true"));
        plane.Tell(new FrameworkProtocol.AcceptOffers(
            plane.Framework, plane.Connection, [offer.Id], [task], OfferFilters.Default));
        while (true)
        {
            var update = (await plane.Hear<SchedulerProtocol.Updated>()).Update;
            if (update.State.IsTerminal())
            {
                return update;
            }

            Acknowledge(plane, update);
        }
    }

    private static void Acknowledge(LocalControlPlane plane, StatusUpdate update) => plane.Tell(
        new FrameworkProtocol.Acknowledge(plane.Framework, plane.Connection, update.TaskId, update.Uuid!.Value));

    private static async Task<List<object>> HeardUntil<T>(ChannelReader<object> heard)
    {
        using var patience = new CancellationTokenSource(Patience);
        var messages = new List<object>();
        while (messages.Count == 0 || messages[^1] is not T)
        {
            messages.Add(await heard.ReadAsync(patience.Token));
        }

        return messages;
    }

    /// <summary>A way to an actor that tells a test what goes by.</summary>
    private sealed class Tap : ReceiveActor
    {
        public Tap(IActorRef target, ChannelWriter<object> heard) => ReceiveAny(message =>
        {
            heard.TryWrite(message);
            target.Forward(message);
        });
    }
}
