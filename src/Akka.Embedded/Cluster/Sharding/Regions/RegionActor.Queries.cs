using System.Collections.Immutable;
using Akka.Actor;
using Akka.Util;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>What a region says about itself.</summary>
internal sealed partial class RegionActor
{
    private bool Answer(IShardRegionQuery query)
    {
        switch (query)
        {
            case GetShardRegionState:
                AskShards<ShardContent>(GetShardContent.Instance).PipeTo(Sender, Self, answers =>
                    new CurrentShardRegionState(
                        [.. answers.Answered.Select(each => new ShardState(each.Shard, each.Entities))],
                        answers.Failed));
                return true;
            case GetShardRegionStats:
                AskShards<ShardSize>(GetShardSize.Instance).PipeTo(Sender, Self, answers =>
                    new ShardRegionStats(
                        answers.Answered.ToImmutableDictionary(each => each.Shard, each => each.Entities),
                        answers.Failed));
                return true;
            case GetCurrentRegions:
                AskCoordinator(query, () => new CurrentRegions(ImmutableHashSet<Address>.Empty));
                return true;
            case GetClusterShardingStats:
                AskCoordinator(
                    query, () => new ClusterShardingStats(ImmutableDictionary<Address, ShardRegionStats>.Empty));
                return true;
            case GetEntityLocation location:
                Locate(location);
                return true;
            default:
                return false;
        }
    }

    private void AskCoordinator(IShardRegionQuery query, Func<object> answerWithout)
    {
        if (_coordinator is not null)
            _coordinator.Forward(query);
        else
            Sender.Tell(answerWithout());
    }

    private async Task<(List<T> Answered, ImmutableHashSet<string> Failed)> AskShards<T>(object question)
    {
        var timeout = _setup.Settings.ShardRegionQueryTimeout;
        var asked = _local.Values.Where(each => each.Hosting == Hosting.Running)
            .Select(each => (each.Shard, Answer: each.Local!.Ask<T>(question, timeout))).ToList();
        var answered = new List<T>();
        var failed = ImmutableHashSet.CreateBuilder<string>();
        foreach (var (shard, answer) in asked)
        {
            try
            {
                answered.Add(await answer.ConfigureAwait(false));
            }
            catch (AskTimeoutException)
            {
                failed.Add(shard);
            }
        }

        return (answered, failed.ToImmutable());
    }

    private void Locate(GetEntityLocation query)
    {
        var shard = _extractor.ShardId(query.EntityId, null);
        var route = string.IsNullOrEmpty(shard) ? null : _routes.GetValueOrDefault(shard);
        if (route?.Home is not { } home)
        {
            Sender.Tell(
                new EntityLocation(query.EntityId, shard ?? "", Address.AllSystems, Option<IActorRef>.None));
            return;
        }

        var isHere = route.Hosting == Hosting.Running;
        var node = Node.AddressOf(home);
        var path = (isHere ? home.Path : home.Path / ShardingNode.Name(shard!)) / ShardingNode.Name(query.EntityId);
        Context.ActorSelection(path).ResolveOne(query.Timeout).PipeTo(
            Sender, Self, entity => new EntityLocation(query.EntityId, shard!, node, new Option<IActorRef>(entity)),
            _ => new EntityLocation(query.EntityId, shard!, node, Option<IActorRef>.None));
    }
}
