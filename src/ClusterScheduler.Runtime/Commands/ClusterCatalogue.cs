using System.Collections.Immutable;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using ClusterScheduler.Runtime.Entities;
using ClusterScheduler.Runtime.Members;

namespace ClusterScheduler.Runtime.Commands;

/// <summary>cluster members|leave|down|shards|singleton</summary>
public static class ClusterCatalogue
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(2);

    private static readonly CommandArgument Address =
        new("address", "a member's address, as 'cluster members' shows it, or HOST:PORT of it");

    public static OperatorCommand Members { get; } = new(
        "cluster", "members", "List the nodes of the cluster, the oldest first", With(ListMembers))
    {
        Examples = [new("csched cluster members", "UNREACHABLE: it missed its heartbeats")],
    };

    public static OperatorCommand Leave { get; } = new(
        "cluster", "leave", "Ask a node to hand over what it runs, and to stop", With(AskToLeave))
    {
        Arguments = [Address],
        Changes = true,
        Examples =
        [
            new("csched cluster leave akka.tcp://csched@10.0.0.2:4053", "before its machine is taken down"),
        ],
    };

    public static OperatorCommand Down { get; } = new(
        "cluster", "down", "Declare a node lost, whose process surely does not run any more", With(DeclareDown))
    {
        Arguments = [Address],
        Changes = true,
        Examples = [new("csched cluster down akka.tcp://csched@10.0.0.2:4053", "after its machine burnt")],
    };

    public static OperatorCommand Shards { get; } = new(
        "cluster", "shards", "Say how many entities of frameworks and tasks each node hosts", With(CountShards))
    {
        Examples = [new("csched cluster shards", "ENTITIES: those that are awake")],
    };

    public static OperatorCommand Singleton { get; } = new(
        "cluster", "singleton", "Say on which nodes the master and the service scheduler are", With(FindSingletons))
    {
        Examples = [new("csched cluster singleton", "NODE: the one that answered; NEXT: who would take over")],
    };

    internal static ImmutableArray<OperatorCommand> All => [Members, Leave, Down, Shards, Singleton];

    private static Func<CommandCall, Task<CommandAnswer>> With(Func<CommandCall, Cluster, Task<CommandAnswer>> run) =>
        call => call.System.Settings.HasCluster
            ? run(call, Cluster.Get(call.System))
            : Task.FromResult<CommandAnswer>(new CommandAnswer.Refused(
                CommandFault.Conflict, "no-cluster", "this node is alone: it was not started with 'csched node'"));

    private static Task<CommandAnswer> ListMembers(CommandCall call, Cluster cluster)
    {
        var state = cluster.State;
        return Task.FromResult<CommandAnswer>(CommandAnswer.Table.Of(
            ["address", "status", "leader", "unreachable", "version", "roles"],
            state.Members.OrderBy(member => member, Member.AgeOrdering).Select(member => new CommandCell[]
            {
                member.Address.ToString(),
                member.Status.ToString(),
                member.Address.Equals(state.Leader),
                state.Unreachable.Contains(member),
                member.AppVersion.ToString(),
                string.Join(',', member.Roles.Order(StringComparer.Ordinal)),
            })));
    }

    private static Task<CommandAnswer> AskToLeave(CommandCall call, Cluster cluster) => WithMember(
        call, cluster, member =>
        {
            cluster.Leave(member.Address);
            return $"{member.Address} was asked to leave";
        });

    private static Task<CommandAnswer> DeclareDown(CommandCall call, Cluster cluster) => WithMember(
        call, cluster, member =>
        {
            cluster.Down(member.Address);
            return $"{member.Address} is declared lost";
        });

    private static Task<CommandAnswer> WithMember(CommandCall call, Cluster cluster, Func<Member, string> change)
    {
        var member = cluster.State.Members.FirstOrDefault(each => IsCalled(each.Address, call[Address]));
        return Task.FromResult<CommandAnswer>(member is null
            ? new CommandAnswer.Refused(CommandFault.Unknown, "member-unknown",
                $"there is no member {call[Address]}; 'cluster members' lists them")
            : new CommandAnswer.Done(change(member)));
    }

    /// <summary>By HOST:PORT, or as a seed is written, which with TLS is not quite the address.</summary>
    internal static bool IsCalled(Address node, string? said) =>
        said == $"{node.Host}:{node.Port}"
        || (said is not null
            && SeedAddress.TryRead(said, node.System, SeedAddress.IsEncrypted(node), out var address, out _)
            && address.Equals(node));

    private static async Task<CommandAnswer> CountShards(CommandCall call, Cluster cluster)
    {
        var rows = new List<CommandCell[]>();
        foreach (var (kind, region) in new[]
        {
            (ClusterNames.Frameworks, call.Refs.Frameworks), (ClusterNames.Tasks, call.Refs.Tasks),
        })
        {
            var stats = await call.Ask<ClusterShardingStats>(region, new GetClusterShardingStats(call.Timeout / 2));
            rows.AddRange(stats.Regions.OrderBy(pair => pair.Key.ToString(), StringComparer.Ordinal).Select(
                pair => new CommandCell[]
                {
                    kind, pair.Key.ToString(), pair.Value.Stats.Count, pair.Value.Stats.Values.Sum(),
                }));
        }

        return CommandAnswer.Table.Of(["kind", "node", "shards", "entities"], rows);
    }

    /// <summary>Only who answers is there: whoever is the oldest of the role may be dead.</summary>
    private static async Task<CommandAnswer> FindSingletons(CommandCall call, Cluster cluster)
    {
        var master = WhoAnswers.Ask(call, call.Refs.Master, new MasterProtocol.IdentifyMaster(), AnswerTimeout);
        var services = call.Refs.Services is { } scheduler
            ? WhoAnswers.Ask(call, scheduler, new ServicesProtocol.ListJobs(), AnswerTimeout)
            : Task.FromResult<WhoAnswers.Found?>(null);
        await Task.WhenAll(master, services);
        var missing = new[] { ("master", await master), ("service scheduler", await services) }
            .Where(each => each.Item2 is null)
            .Select(each => $"none: no {each.Item1} has answered for {AnswerTimeout.TotalSeconds:0} s")
            .ToList();
        return CommandAnswer.Table.Of(
            ["name", "role", "node", "next", "epoch"],
            [
                Row(cluster, ClusterNames.Master, ClusterNames.MasterRole, await master),
                Row(cluster, ClusterNames.Services, ClusterNames.FrameworkRole, await services),
            ])
            with { Note = missing.Count > 0 ? string.Join('\n', missing) : null };
    }

    private static CommandCell[] Row(Cluster cluster, string name, string role, WhoAnswers.Found? found)
    {
        var node = found is null ? null : found.Node.Host is null ? cluster.SelfAddress : found.Node;
        var next = cluster.State.Members
            .Where(member => member.HasRole(role) && member.Status == MemberStatus.Up
                && !member.Address.Equals(node) && !cluster.State.Unreachable.Contains(member))
            .Order(Member.AgeOrdering)
            .FirstOrDefault();
        return
        [
            name, role, node?.ToString(), next?.Address.ToString(),
            found?.Answer is MasterProtocol.MasterIdentity master ? master.Epoch.Value : (CommandCell)(string?)null,
        ];
    }
}
