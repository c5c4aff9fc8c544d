using System.Collections.Immutable;
using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Agent.Keeper;

/// <summary>A <see cref="LaunchOrder"/> as bytes.</summary>
internal static class LaunchOrderCodec
{
    public static void Write(BinaryWriter writer, LaunchOrder order)
    {
        writer.Write(order.Key);
        writer.Write(order.Sandbox);
        writer.Write(order.Record);
        writer.Write(order.LogBytesMax);
        writer.Write(order.LogBackups);
        Write(writer, order.Environment);
        writer.Write(order.Plan.MaxFailures);
        writer.Write(order.Plan.MaxConcurrency);
        writer.Write(order.Plan.KillGrace.Ticks);
        writer.Write(order.Plan.FinalizationWait.Ticks);
        writer.Write(order.Plan.Processes.Length);
        foreach (var process in order.Plan.Processes)
        {
            writer.Write(process.Name);
            Write(writer, process.Arguments);
            writer.Write(process.MaxFailures);
            writer.Write(process.Daemon);
            writer.Write(process.Ephemeral);
            writer.Write(process.Final);
            writer.Write(process.MinDuration.Ticks);
        }

        writer.Write(order.Plan.Order.Length);
        foreach (var pair in order.Plan.Order)
        {
            writer.Write(pair.Before);
            writer.Write(pair.After);
        }
    }

    /// <summary>The plan's own environment is not carried: it is part of the order's.</summary>
    public static LaunchOrder Read(BinaryReader reader)
    {
        var key = reader.ReadString();
        var sandbox = reader.ReadString();
        var record = reader.ReadString();
        var logBytesMax = reader.ReadInt64();
        var logBackups = reader.ReadInt32();
        var environment = ReadStrings(reader);
        var maxFailures = reader.ReadInt32();
        var maxConcurrency = reader.ReadInt32();
        var killGrace = new TimeSpan(reader.ReadInt64());
        var finalizationWait = new TimeSpan(reader.ReadInt64());
        var processes = ImmutableArray.CreateBuilder<ProcessSpec>();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            processes.Add(new ProcessSpec(reader.ReadString(), ReadStrings(reader))
            {
                MaxFailures = reader.ReadInt32(),
                Daemon = reader.ReadBoolean(),
                Ephemeral = reader.ReadBoolean(),
                Final = reader.ReadBoolean(),
                MinDuration = new TimeSpan(reader.ReadInt64()),
            });
        }

        var pairs = ImmutableArray.CreateBuilder<ProcessOrder>();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            pairs.Add(new ProcessOrder(reader.ReadString(), reader.ReadString()));
        }

        var plan = new TaskPlan(
            processes.ToImmutable(), pairs.ToImmutable(), maxFailures, maxConcurrency, killGrace, finalizationWait, []);
        return new LaunchOrder(key, plan, environment, sandbox, record, logBytesMax, logBackups);
    }

    private static void Write(BinaryWriter writer, ImmutableArray<string> values)
    {
        writer.Write(values.Length);
        foreach (var value in values)
        {
            writer.Write(value);
        }
    }

    private static ImmutableArray<string> ReadStrings(BinaryReader reader)
    {
        var values = ImmutableArray.CreateBuilder<string>();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            values.Add(reader.ReadString());
        }

        return values.ToImmutable();
    }
}
