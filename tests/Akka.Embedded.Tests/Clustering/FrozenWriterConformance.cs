using Akka.Actor;
using Akka.Contract.Tests.Databases;
using Akka.Embedded.Tests.Remoting;
using Akka.Persistence;

namespace Akka.Embedded.Tests.Clustering;

/// <summary>
/// A node stands still while it is removed, and goes on: what it writes first is refused, though nobody has written in
/// its place.
/// </summary>
public abstract class FrozenWriterConformance : IAsyncLifetime
{
    private readonly List<ClusterNode> _nodes = [];

    private protected abstract string Settings { get; }

    public Task InitializeAsync() => Task.CompletedTask;

    public virtual async Task DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
    }

    [StoreFact]
    public Task The_first_write_of_a_frozen_member_is_refused() =>
        IsRefused(nodes => nodes.First(node => !node.IsLeader));

    [StoreFact]
    public Task The_first_write_of_a_frozen_leader_is_refused() =>
        IsRefused(nodes => nodes.Single(node => node.IsLeader));

    private async Task IsRefused(Func<List<ClusterNode>, ClusterNode> choose)
    {
        var nodes = await Form(3);
        var frozen = choose(nodes);
        var others = nodes.Where(node => node != frozen).ToList();
        var writer = Writer(frozen);
        Assert.Equal(1L, await writer.Ask<long>("first", TimeSpan.FromSeconds(20)));

        frozen.Freeze();
        foreach (var other in others)
            await other.WhenUp(2);
        Assert.False(frozen.Cluster.IsTerminated);
        var refused = await writer.Ask<Exception>("refused", TimeSpan.FromSeconds(20));

        Assert.Contains("was removed from the cluster", refused.Message, StringComparison.Ordinal);
        await frozen.WhenRemoved();
        Assert.Equal(2L, await Writer(others[0]).Ask<long>("second", TimeSpan.FromSeconds(20)));
        await ClusterNode.When(
            () => WarningLog.Of(frozen.System).Any(line => line.Contains("takes no more writes")),
            () => "a line in the log");
        Assert.Single(WarningLog.Of(frozen.System), line => line.Contains("takes no more writes"));
    }

    private static IActorRef Writer(ClusterNode node) => node.System.ActorOf(Props.Create(() => new EventWriter()));

    private async Task<List<ClusterNode>> Form(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var node = new ClusterNode(Settings + $$"""

                akka {
                  loglevel = WARNING
                  loggers = ["{{typeof(WarningLog).AssemblyQualifiedName}}"]
                  cluster.run-coordinated-shutdown-when-down = off
                }
                """);
            _nodes.Add(node);
            node.Cluster.Join(_nodes[0].Address);
            await node.WhenUp(i + 1);
        }

        foreach (var node in _nodes)
            await node.WhenUp(count);
        return _nodes;
    }

    /// <summary>Stores each text, and answers with its number, or with why it could not.</summary>
    private sealed class EventWriter : ReceivePersistentActor
    {
        private IActorRef _asker = ActorRefs.Nobody;

        public EventWriter() => Command<string>(text =>
        {
            _asker = Sender;
            Persist(text, _ => _asker.Tell(LastSequenceNr));
        });

        public override string PersistenceId => "p";

        protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
            _asker.Tell(cause);
    }
}
