using Akka.Actor;
using Akka.Configuration;
using ClusterScheduler.Cli.Nodes.Cluster;
using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Cli.Tests.Nodes;

public sealed class MemberPartsTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("csched-parts-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>A node that is frozen while it starts anew is removed before it can start anything.</summary>
    [Fact]
    public async Task Nothing_is_started_on_a_node_that_is_no_member_any_more()
    {
        var file = Path.Combine(_folder.FullName, "settings.conf");
        await File.WriteAllTextAsync(file, "cluster-scheduler.node.roles = \"master,framework\"");
        var plan = MemberPlan.Of(_folder.FullName, ProfileFiles.Load(
            _folder.FullName, null, SettingsSources.ReferenceOnly with { File = file }));
        using var system = ActorSystem.Create("csched", ConfigurationFactory.ParseString(
            """
            akka.loglevel = OFF
            akka.stdout-loglevel = OFF
            akka.actor.provider = cluster
            akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
            akka.cluster.run-coordinated-shutdown-when-down = off
            """));
        var cluster = Akka.Cluster.Cluster.Get(system);
        await cluster.JoinAsync(cluster.SelfAddress).WaitAsync(Patience);
        var removed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.RegisterOnMemberRemoved(removed.SetResult);
        cluster.Down(cluster.SelfAddress);
        await removed.Task.WaitAsync(Patience);

        Assert.Null(MemberParts.Start(system, plan));

        var master = await system.ActorSelection("/user/master").Ask<ActorIdentity>(new Identify(1), Patience);
        Assert.Null(master.Subject);
    }
}
