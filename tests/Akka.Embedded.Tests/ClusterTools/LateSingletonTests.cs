using Akka.Actor;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;
using Akka.TestKit.TestActors;

namespace Akka.Embedded.Tests.ClusterTools;

public sealed class LateSingletonTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(20);

    public LateSingletonTests()
        : base(ConfigurationFactory.ParseString(
            """
            akka.loglevel = WARNING
            akka.actor.provider = cluster
            akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
            akka.cluster.run-coordinated-shutdown-when-down = off
            """))
    {
    }

    /// <summary>Nothing has failed: nobody can know, when it is started, that the node is removed just then.</summary>
    [Fact]
    public async Task On_a_node_that_is_no_member_any_more_it_ends_with_a_word_and_no_more()
    {
        var cluster = Akka.Cluster.Cluster.Get(Sys);
        await cluster.JoinAsync(cluster.SelfAddress).WaitAsync(s_long);
        var removed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.RegisterOnMemberRemoved(removed.SetResult);
        cluster.Down(cluster.SelfAddress);
        await removed.Task.WaitAsync(s_long);
        var props = ClusterSingletonManager.Props(
            BlackHoleActor.Props, PoisonPill.Instance, ClusterSingletonManagerSettings.Create(Sys));

        await EventFilter.Exception<ActorInitializationException>().ExpectAsync(0, async () =>
            await EventFilter.Warning(contains: "runs no singleton").ExpectOneAsync(
                async () =>
                {
                    var late = Watch(Sys.ActorOf(props, "late"));
                    await ExpectTerminatedAsync(late, s_long);
                }));
    }
}
