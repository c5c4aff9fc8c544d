using System.Collections.Immutable;
using Akka.Actor;
using Akka.Remote.Wire;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>Questions about regions and their answers, as bytes.</summary>
internal static class QueryCodec
{
    internal static string Manifest(object message) => message switch
    {
        GetShardRegionState => "Q1",
        CurrentShardRegionState => "q1",
        GetShardRegionStats => "Q2",
        ShardRegionStats => "q2",
        GetClusterShardingStats => "Q3",
        ClusterShardingStats => "q3",
        GetCurrentRegions => "Q4",
        CurrentRegions => "q4",
        ShardState => "q5",
        _ => throw new ArgumentException($"{message.GetType()} is no message of sharding.", nameof(message)),
    };

    internal static void Write(FrameWriter writer, object message)
    {
        switch (message)
        {
            case CurrentShardRegionState state:
                writer.Int32(state.Shards.Count);
                foreach (var shard in state.Shards)
                    WriteShard(writer, shard);
                WriteTexts(writer, state.Failed);
                break;
            case ShardState shard:
                WriteShard(writer, shard);
                break;
            case ShardRegionStats stats:
                WriteStats(writer, stats);
                break;
            case GetClusterShardingStats question:
                writer.Int64(question.Timeout.Ticks);
                break;
            case ClusterShardingStats stats:
                writer.Int32(stats.Regions.Count);
                foreach (var (node, region) in stats.Regions)
                {
                    writer.Text(node.ToString());
                    WriteStats(writer, region);
                }

                break;
            case CurrentRegions regions:
                WriteTexts(writer, [.. regions.Regions.Select(each => each.ToString())]);
                break;
            default:
                break;
        }
    }

    /// <summary>Null: the manifest is of another family.</summary>
    internal static object? Read(string manifest, ref FrameReader reader) => manifest switch
    {
        "Q1" => GetShardRegionState.Instance,
        "q1" => ReadState(ref reader),
        "Q2" => GetShardRegionStats.Instance,
        "q2" => ReadStats(ref reader),
        "Q3" => new GetClusterShardingStats(TimeSpan.FromTicks(reader.Int64())),
        "q3" => ReadClusterStats(ref reader),
        "Q4" => GetCurrentRegions.Instance,
        "q4" => new CurrentRegions(ReadTexts(ref reader).Select(Address.Parse).ToImmutableHashSet()),
        "q5" => ReadShard(ref reader),
        _ => null,
    };

    internal static void WriteTexts(FrameWriter writer, IReadOnlyCollection<string> texts)
    {
        writer.Int32(texts.Count);
        foreach (var text in texts)
            writer.Text(text);
    }

    internal static ImmutableArray<string> ReadTexts(ref FrameReader reader)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        for (var left = reader.Int32(); left > 0; left--)
            texts.Add(reader.Text());
        return texts.ToImmutable();
    }

    private static void WriteShard(FrameWriter writer, ShardState shard)
    {
        writer.Text(shard.ShardId);
        WriteTexts(writer, shard.EntityIds);
    }

    private static ShardState ReadShard(ref FrameReader reader) => new(reader.Text(), [.. ReadTexts(ref reader)]);

    private static CurrentShardRegionState ReadState(ref FrameReader reader)
    {
        var shards = ImmutableHashSet.CreateBuilder<ShardState>();
        for (var left = reader.Int32(); left > 0; left--)
            shards.Add(ReadShard(ref reader));
        return new CurrentShardRegionState(shards.ToImmutable(), ReadTexts(ref reader).ToImmutableHashSet());
    }

    private static void WriteStats(FrameWriter writer, ShardRegionStats stats)
    {
        writer.Int32(stats.Stats.Count);
        foreach (var (shard, count) in stats.Stats)
        {
            writer.Text(shard);
            writer.Int32(count);
        }

        WriteTexts(writer, stats.Failed);
    }

    private static ShardRegionStats ReadStats(ref FrameReader reader)
    {
        var stats = ImmutableDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        for (var left = reader.Int32(); left > 0; left--)
            stats[reader.Text()] = reader.Int32();
        return new ShardRegionStats(stats.ToImmutable(), ReadTexts(ref reader).ToImmutableHashSet());
    }

    private static ClusterShardingStats ReadClusterStats(ref FrameReader reader)
    {
        var regions = ImmutableDictionary.CreateBuilder<Address, ShardRegionStats>();
        for (var left = reader.Int32(); left > 0; left--)
            regions[Address.Parse(reader.Text())] = ReadStats(ref reader);
        return new ClusterShardingStats(regions.ToImmutable());
    }
}
