using Akka.Actor;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Protocol;
using ClusterScheduler.Runtime.Entities;
using ClusterScheduler.Runtime.Members;

namespace ClusterScheduler.Runtime.Tests.Members;

/// <summary>Members that are left without the others, as a resolver of split brains may leave them.</summary>
public sealed class AloneTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task A_member_that_is_no_master_ends_when_the_last_master_is_gone_and_not_before()
    {
        await using var members = new Members();
        var first = await members.Add(ClusterNames.MasterRole);
        var second = await members.Add(ClusterNames.MasterRole);
        var agent = await members.Add(ClusterNames.AgentRole);
        await Members.Start(agent, LeftAlone.Props(TimeSpan.Zero));

        await members.Leave(second, agent);
        Assert.False(agent.WhenTerminated.IsCompleted);
        await members.Leave(first, agent);
        await Members.End(agent);
    }

    [Fact]
    public async Task A_master_that_lost_the_others_ends_when_none_comes_into_office()
    {
        await using var members = new Members();
        var first = await members.Add(ClusterNames.MasterRole);
        var second = await members.Add(ClusterNames.MasterRole);
        await Members.Start(second, LoneMaster.Props(ActorRefs.Nobody, Soon, knowsOthers: false));
        await members.Leave(first, second);
        await Members.End(second);
        Assert.IsType<CoordinatedShutdown.ClusterDowningReason>(CoordinatedShutdown.Get(second).ShutdownReason);
    }

    [Fact]
    public async Task A_master_that_began_a_cluster_though_it_knew_of_others_ends_when_none_comes_into_office()
    {
        await using var members = new Members();
        var only = await members.Add(ClusterNames.MasterRole);
        only.ActorOf(LoneMaster.Props(ActorRefs.Nobody, Soon, knowsOthers: true));
        await Members.End(only);
    }

    [Fact]
    public async Task A_master_in_office_stays_though_all_others_are_gone()
    {
        await using var members = new Members();
        var only = await members.Add(ClusterNames.MasterRole);
        var often = new Countdown(5);
        var master = only.ActorOf(Props.Create(() => new InOffice(often)));
        await Members.Start(only, LoneMaster.Props(master, Soon, knowsOthers: true));
        await often.Reached;
        Assert.False(only.WhenTerminated.IsCompleted);
    }

    [Fact]
    public async Task While_another_is_a_member_nobody_asks_for_the_office()
    {
        await using var members = new Members();
        var first = await members.Add(ClusterNames.MasterRole);
        var second = await members.Add(ClusterNames.MasterRole);
        var asked = new Countdown(1);
        var master = second.ActorOf(Props.Create(() => new InOffice(asked)));
        await Members.Start(second, LoneMaster.Props(master, Soon, knowsOthers: true));
        await members.Leave(await members.Add(ClusterNames.AgentRole), second);
        Assert.False(asked.Reached.IsCompleted);
        await members.Leave(first, second);
        await asked.Reached;
    }

    private sealed class Countdown(int count)
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _left = count;

        public Task Reached => _reached.Task.WaitAsync(TimeSpan.FromMinutes(1));

        public void Tick()
        {
            if (Interlocked.Decrement(ref _left) == 0)
            {
                _reached.TrySetResult();
            }
        }
    }

    private sealed class InOffice : ReceiveActor
    {
        public InOffice(Countdown asked) => Receive<MasterProtocol.IdentifyMaster>(_ =>
        {
            asked.Tick();
            Sender.Tell(new MasterProtocol.MasterIdentity("c", new MasterEpoch(1), DateTimeOffset.UnixEpoch));
        });
    }
}
