using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Cluster.Tools.Singleton;

namespace Akka.Contract.Tests.ClusterTools;

/// <summary>What a node of a test hosts with others: a singleton and entities, which say where they are.</summary>
/// <param name="Singleton">Finds it.</param>
/// <param name="Entities">The node's region.</param>
internal sealed record Host(IActorRef Singleton, IActorRef Entities)
{
    internal const int EntitiesMax = 20;

    private string? _home;
    private IReadOnlySet<string> _homes = new HashSet<string>();

    internal static Host Start(ActorSystem system)
    {
        system.ActorOf(
            ClusterSingletonManager.Props(
                WhereAmI.Props(new Inbox()), WhereAmI.EndNow, ClusterSingletonManagerSettings.Create(system)),
            "singleton");
        return new Host(
            system.ActorOf(
                ClusterSingletonProxy.Props("/user/singleton", ClusterSingletonProxySettings.Create(system)), "proxy"),
            ClusterSharding.Get(system).Start(
                "thing", _ => WhereAmI.Props(new Inbox()), ClusterShardingSettings.Create(system), new Numbered()));
    }

    /// <summary>On which nodes all entities are; empty as long as one does not answer.</summary>
    internal async Task<IReadOnlySet<string>> Homes()
    {
        try
        {
            var homes = await Task.WhenAll(Enumerable.Range(0, EntitiesMax).Select(
                number => Entities.Ask<string>($"{WhereAmI.Question} {number}", TimeSpan.FromSeconds(1))));
            return _homes = homes.ToHashSet(StringComparer.Ordinal);
        }
        catch (AskTimeoutException)
        {
            return new HashSet<string>();
        }
    }

    /// <summary>The node of the singleton; null as long as it does not answer.</summary>
    internal async Task<string?> Home()
    {
        try
        {
            return _home = await Singleton.Ask<string>(WhereAmI.Question, TimeSpan.FromSeconds(1));
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    public override string ToString() => $"singleton on {_home}, entities on [{string.Join(", ", _homes)}]";

    /// <summary>The entity is the last word, what it is told the first.</summary>
    private sealed class Numbered() : HashCodeMessageExtractor(10)
    {
        public override string EntityId(object message) => (message as string)?.Split(' ')[^1]!;

        public override object EntityMessage(object message) => ((string)message).Split(' ')[0];
    }
}
