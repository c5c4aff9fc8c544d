using System.Globalization;

namespace ClusterScheduler.Runtime.Settings;

/// <summary>The cluster that a node joins, and how soon it counts a member as gone.</summary>
/// <param name="Name">All nodes of a cluster have it; it stands in their addresses.</param>
/// <param name="Seeds">Addresses to join through, with commas between them; empty: the node alone.</param>
/// <param name="SharedSecret">Both ends of every connection prove that they know it; empty: none.</param>
/// <param name="SharedSecretFile">A file that has it; empty: none.</param>
/// <param name="JoinTimeout">How long joining may take.</param>
/// <param name="ClockSkewMax">A node whose clock is further off than this may not join.</param>
/// <param name="Heartbeat">Between two signs of life of a member.</param>
/// <param name="LeaderLease">How long the cluster is without a leader after its leader died.</param>
/// <param name="MemberLease">A member that could not renew for so long has stopped what it hosted.</param>
/// <param name="MasterLease">A master that could not confirm its lease for so long has stopped.</param>
/// <param name="Shards">Into how many parts frameworks and tasks are divided; the same on all nodes, for ever.</param>
/// <param name="ProxyBuffer">Messages that wait for the master while there is none; more are dropped.</param>
/// <param name="Rehearse">A node that may take over from another one goes through it once, unseen.</param>
public sealed record MembershipSettings(
    string Name,
    string Seeds,
    string SharedSecret,
    string SharedSecretFile,
    TimeSpan JoinTimeout,
    TimeSpan ClockSkewMax,
    TimeSpan Heartbeat,
    TimeSpan LeaderLease,
    TimeSpan MemberLease,
    TimeSpan MasterLease,
    int Shards,
    int ProxyBuffer,
    bool Rehearse)
{
    private const int HeartbeatsMissed = 4;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>A member that was not heard for so long is shown as unreachable; nothing else follows.</summary>
    public TimeSpan UnreachableAfter => Heartbeat * HeartbeatsMissed;

    /// <summary>How often those who may lead look whether somebody does.</summary>
    public TimeSpan ElectionInterval => LeaderLease / 8;

    /// <summary>What no two nodes may differ in: whichever of them leads, its leases are those of all.</summary>
    public string SameEverywhere => string.Create(
        CultureInfo.InvariantCulture,
        $"cluster.shards = {Shards}, cluster.heartbeat = {SettingText.Of(Heartbeat)}, ")
        + $"cluster.leader-lease = {SettingText.Of(LeaderLease)}, "
        + $"cluster.member-lease = {SettingText.Of(MemberLease)}, cluster.master-lease = {SettingText.Of(MasterLease)}";

    /// <summary>A leader that died, another elected, a heartbeat to it, and a twentieth for the clocks.</summary>
    private TimeSpan MemberLeaseLeast => TimeSpan.FromMilliseconds(
        Math.Ceiling((LeaderLease + ElectionInterval + Heartbeat).TotalMilliseconds / 0.95));

    public static MembershipSettings Read(SettingsReader reader)
    {
        var section = reader.Section("cluster");
        var settings = new MembershipSettings(
            section.Text("name", 64),
            section.Text("seeds", 4096),
            section.Text("shared-secret", 1024),
            section.Text("shared-secret-file", 4096),
            section.Duration("join-timeout", Second, TimeSpan.FromMinutes(10)),
            section.Duration("clock-skew-max", Second, TimeSpan.FromHours(1)),
            section.Duration("heartbeat", TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1)),
            section.Duration("leader-lease", TimeSpan.FromMilliseconds(300), TimeSpan.FromMinutes(10)),
            section.Duration("member-lease", TimeSpan.FromMilliseconds(500), TimeSpan.FromMinutes(10)),
            section.Duration("master-lease", TimeSpan.FromMilliseconds(300), TimeSpan.FromMinutes(10)),
            section.Count("shards", 1, 10_000),
            section.Count("proxy-buffer", 1, 10_000),
            section.Switch("rehearse"));
        if (settings.LeaderLease < settings.Heartbeat * 2)
        {
            section.Refuse("leader-lease", "it is shorter than two times cluster.heartbeat");
        }

        if (settings.MemberLease < settings.MemberLeaseLeast)
        {
            section.Refuse("member-lease",
                "a change of the leader would stop every member: with these settings of leader-lease and heartbeat it "
                + $"must be {SettingText.Of(settings.MemberLeaseLeast)} at least");
        }

        if (settings.SharedSecret.Length > 0 && settings.SharedSecretFile.Length > 0)
        {
            section.Refuse("shared-secret-file", "cluster.shared-secret is set as well; set one of them");
        }

        return settings;
    }
}
