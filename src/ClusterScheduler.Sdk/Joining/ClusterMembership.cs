using Akka.Cluster;
using Akka.Configuration;
using ClusterScheduler.Protocol.Wire;
using ClusterScheduler.Runtime.Entities;
using ClusterScheduler.Runtime.Members;
using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Sdk.Joining;

/// <summary>
/// This process as a member of a cluster, for schedulers that live outside its nodes. It hosts nothing of the cluster
/// and needs no store. Start <see cref="SchedulerActor"/>s in <see cref="System"/>; they find their way by themselves.
/// </summary>
public sealed class ClusterMembership : IAsyncDisposable
{
    /// <summary>The role of such members; nothing of the cluster runs on it.</summary>
    public const string Role = "scheduler";

    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(10);

    private ClusterMembership(ActorSystem system) => System = system;

    /// <summary>Where schedulers are started.</summary>
    public ActorSystem System { get; }

    /// <summary>
    /// Done when this process is no member any more: it left, the others had to count it as lost, or no master was a
    /// member for as long as joining may take. Then the actor system has ended; join again, and start the schedulers
    /// with the same framework ids.
    /// </summary>
    public Task Ended => System.WhenTerminated;

    /// <summary>Joins, and is ready for schedulers.</summary>
    /// <param name="settings">Where to join.</param>
    /// <param name="cancelled">Gives up.</param>
    /// <exception cref="ArgumentException">A seed cannot be read, or they name two clusters; or this process would
    /// listen where they do not reach it, or where other machines do and need prove nothing.</exception>
    /// <exception cref="SettingsException">Everything that is wrong with the file.</exception>
    /// <exception cref="CannotListenException">Its address is taken, or not of this machine.</exception>
    /// <exception cref="ClusterJoinFailedException">No seed took this process in within the time to join.</exception>
    public static async Task<ClusterMembership> Join(JoinSettings settings, CancellationToken cancelled = default)
    {
        var loaded = SettingsLoader.Load(SettingsSources.ReferenceOnly with { File = settings.ConfigFile });
        var cluster = MembershipSettings.Read(loaded.Reader());
        var facts = new NodeFacts(
            settings.BindHost, settings.BindPort, settings.BindHost, [Role], SecretOf(settings, cluster),
            settings.Insecure, Store: null, cluster);
        var config = ConfigurationFactory.ParseString(settings.Hocon).WithFallback(loaded.Config);
        var seeds = SeedsOf(settings, SeedAddress.IsEncrypted(config));
        RefuseDeadEnd(settings, seeds);
        RefuseOpenDoor(facts, config);
        var system = StartSystem(
            settings, loaded, seeds[0].System,
            config.WithFallback(facts.EngineConfig()).WithFallback(WireSettings.Config));
        var membership = new ClusterMembership(system);
        try
        {
            await Cluster.Get(system).JoinWithin(seeds, cluster.JoinTimeout, cancelled).ConfigureAwait(false);
            ClusterRefs.Of(system).Set(
                ActorRefs.Nobody, system.StartFrameworksProxy(cluster.Shards), ActorRefs.Nobody);
            system.ActorOf(LeftAlone.Props(cluster.JoinTimeout), "left-alone");
            return membership;
        }
        catch (Exception failure)
        {
            await membership.DisposeAsync().ConfigureAwait(false);
            if (failure is ClusterJoinFailedException)
            {
                throw new ClusterJoinFailedException(
                    EngineRefusal.Find(failure.Message)?.Text ?? EngineRefusal.InOwnWords(failure.Message));
            }

            throw;
        }
    }

    /// <summary>Leaves the cluster and ends the actor system; the frameworks' tasks run on.</summary>
    public async ValueTask DisposeAsync()
    {
        var stopped = CoordinatedShutdown.Get(System).Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
        await Task.WhenAny(stopped, Task.Delay(StopMax)).ConfigureAwait(false);
    }

    private static ActorSystem StartSystem(JoinSettings settings, LoadedSettings loaded, string name, Config config)
    {
        if (ListenTrial.WhyNot(settings.BindHost, settings.BindPort) is { } why)
        {
            throw new CannotListenException(settings, why);
        }

        try
        {
            return loaded.StartSystem(name, config);
        }
        catch (Exception failure) when (ListenTrial.WhyNot(settings.BindHost, settings.BindPort) is { } late)
        {
            throw new CannotListenException(settings, late, failure);
        }
    }

    private static void RefuseDeadEnd(JoinSettings settings, ImmutableArray<Address> seeds)
    {
        if (NodeFacts.IsLoopback(settings.BindHost)
            && seeds.FirstOrDefault(static seed => NodeFacts.IsElsewhere(seed.Host)) is { } far)
        {
            throw new ArgumentException(
                $"this process would listen on {settings.BindHost}, which is reached from this machine only, and the "
                + $"seed {far} is on another one: say an address of this machine that others reach, with BindHost");
        }
    }

    private static void RefuseOpenDoor(NodeFacts facts, Config config)
    {
        if (facts.WhyOpen(config) is { } why)
        {
            var way = facts.ProvesSharedSecret ? "give the cluster's SharedSecret, or set up TLS" : "set up TLS";
            throw new ArgumentException(
                $"this process would listen on {facts.BindHost}, where other machines reach it, and whoever does could "
                + $"make it do anything: {why}. Either {way} ({SeedAddress.TlsKey}) with certificates that nodes "
                + "check, or say Insecure = true");
        }
    }

    private static ImmutableArray<Address> SeedsOf(JoinSettings settings, bool isEncrypted)
    {
        var seeds = settings.Seeds.Select(text =>
            SeedAddress.TryRead(text, "csched", isEncrypted, out var seed, out var problem)
                ? seed
                : throw new ArgumentException(problem))
            .ToImmutableArray();
        return seeds.Select(static seed => seed.System).Distinct().Count() == 1
            ? seeds
            : throw new ArgumentException("there must be at least one seed, and all of them of one cluster");
    }

    private static string SecretOf(JoinSettings settings, MembershipSettings cluster) =>
        settings.SharedSecret.Length > 0 ? settings.SharedSecret
        : cluster.SharedSecretFile.Length > 0 ? File.ReadAllText(cluster.SharedSecretFile).Trim()
        : cluster.SharedSecret;
}
