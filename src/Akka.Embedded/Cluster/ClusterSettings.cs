using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Cluster;

/// <summary>Membership as HOCON describes it under <c>akka.cluster</c>, read once.</summary>
public sealed class ClusterSettings
{
    public ClusterSettings(Config config, string systemName)
    {
        ArgumentNullException.ThrowIfNull(config);
        var cluster = config.GetConfig("akka.cluster")
                      ?? throw new ConfigurationException($"Actor system '{systemName}' has no akka.cluster settings.");
        SeedNodes = [.. cluster.GetStringList("seed-nodes").Select(ParseSeed)];
        Roles = [.. cluster.GetStringList("roles")];
        AppVersion = ReadVersion(cluster.GetString("app-version"));
        MinNrOfMembers = cluster.GetInt("min-nr-of-members");
        if (MinNrOfMembers < 1)
            throw new ConfigurationException($"akka.cluster.min-nr-of-members is {MinNrOfMembers}; it must be > 0.");
        MinNrOfMembersOfRole = ReadRoles(cluster);
        SeedNodeTimeout = cluster.GetTimeSpan("seed-node-timeout");
        RetryUnsuccessfulJoinAfter = TimeOrOff(cluster, "retry-unsuccessful-join-after");
        ShutdownAfterUnsuccessfulJoinSeedNodes = TimeOrOff(cluster, "shutdown-after-unsuccessful-join-seed-nodes");
        RunCoordinatedShutdownWhenDown = cluster.GetBoolean("run-coordinated-shutdown-when-down");
        LogInfo = cluster.GetBoolean("log-info");
        AllowWeaklyUpMembers = !IsOff(cluster.GetString("allow-weakly-up-members", "off"));
        UseDispatcher = cluster.GetString("use-dispatcher");
    }

    public ImmutableList<Address> SeedNodes { get; }

    public ImmutableHashSet<string> Roles { get; }

    public AppVersion AppVersion { get; }

    public int MinNrOfMembers { get; }

    public ImmutableDictionary<string, int> MinNrOfMembersOfRole { get; }

    public TimeSpan SeedNodeTimeout { get; }

    /// <summary>Null: it is not tried again.</summary>
    public TimeSpan? RetryUnsuccessfulJoinAfter { get; }

    /// <summary>Null: it is tried for ever.</summary>
    public TimeSpan? ShutdownAfterUnsuccessfulJoinSeedNodes { get; }

    public bool RunCoordinatedShutdownWhenDown { get; }

    public bool LogInfo { get; }

    public bool AllowWeaklyUpMembers { get; }

    public string UseDispatcher { get; }

    private static AppVersion ReadVersion(string? text)
    {
        try
        {
            return AppVersion.Create(text ?? "");
        }
        catch (ArgumentException wrong)
        {
            throw new ConfigurationException($"akka.cluster.app-version: {wrong.Message}", wrong);
        }
    }

    private static Address ParseSeed(string text) =>
        Address.TryParse(text, out var address) && address.HasGlobalScope && address.Port is not null
            ? address
            : throw new ConfigurationException(
                $"akka.cluster.seed-nodes: '{text}' is not an address such as akka.tcp://name@host:port.");

    private static TimeSpan? TimeOrOff(Config cluster, string key) =>
        IsOff(cluster.GetString(key, "off")) ? null : cluster.GetTimeSpan(key);

    private static bool IsOff(string text) => text.ToLowerInvariant() is "off" or "false" or "no" or "";

    private static ImmutableDictionary<string, int> ReadRoles(Config cluster)
    {
        var minima = ImmutableDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        var roles = cluster.GetConfig("role");
        foreach (var (name, _) in roles?.AsEnumerable() ?? [])
            minima[name] = roles!.GetInt($"{name}.min-nr-of-members", 0);
        return minima.ToImmutable();
    }
}
