using Akka.Cluster;
using Akka.Cluster.Sharding;
using ClusterScheduler.Runtime.Entities;

namespace ClusterScheduler.Gateway.Cluster;

/// <summary>/v1/cluster: members, and what runs where. On a node that is alone there is nothing to say.</summary>
internal sealed class ClusterRoutes(ActorSystem system, ControlPlane plane)
{
    private static readonly TimeSpan SingletonTimeout = TimeSpan.FromSeconds(1);

    private static readonly (string Name, string Role)[] Singletons =
    [
        (ClusterNames.Master, ClusterNames.MasterRole), (ClusterNames.Services, ClusterNames.FrameworkRole),
    ];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/cluster/members", Members);
        routes.MapPost("/v1/cluster/leave", context => Command(context, "leave", Cluster().Leave));
        routes.MapPost("/v1/cluster/down", context => Command(context, "down", Cluster().Down));
        routes.MapGet("/v1/cluster/shards", Shards);
        routes.MapGet("/v1/cluster/singletons", ShowSingletons);
    }

    private Akka.Cluster.Cluster Cluster() => system.Settings.Config.GetString("akka.actor.provider") == "cluster"
        ? Akka.Cluster.Cluster.Get(system)
        : throw new ProblemException(409, "not-a-cluster",
            "this csched runs alone and is no cluster; nodes of one are started with 'csched node'");

    private Task Members(HttpContext context)
    {
        var cluster = Cluster();
        var state = cluster.State;
        return context.Json(
            new ClusterView(
                system.Name, $"{cluster.SelfAddress}", state.Leader?.ToString(),
                [
                    .. state.Members.Order(Member.AgeOrdering).Select(member => new MemberView(
                        $"{member.Address}", $"{member.Status}",
                        [.. member.Roles.Order(StringComparer.Ordinal)],
                        !state.Unreachable.Contains(member), member.Address == state.Leader)),
                ]),
            GatewayJson.Default.ClusterView);
    }

    private Task Command(HttpContext context, string command, Action<Address> tell)
    {
        var text = context.Request.Query["address"].ToString();
        var members = Cluster().State.Members;
        var member = members.FirstOrDefault(each => $"{each.Address}" == text || HostAndPort(each.Address) == text)
            ?? throw new ProblemException(404, "member-unknown",
                $"'{text}' is no member; members are {string.Join(", ", members.Select(each => each.Address))}");
        tell(member.Address);
        return context.Json(
            new MemberCommandView($"{member.Address}", command), GatewayJson.Default.MemberCommandView, status: 202);
    }

    private async Task Shards(HttpContext context)
    {
        _ = Cluster();
        var regions = ImmutableArray.CreateBuilder<ShardRegionView>();
        foreach (var (kind, region) in new[]
        {
            (ClusterNames.Frameworks, plane.Frameworks), (ClusterNames.Tasks, plane.Tasks),
        })
        {
            var stats = await plane.Ask<ClusterShardingStats>(
                region, new GetClusterShardingStats(plane.Timeout / 2), context.RequestAborted);
            regions.AddRange(stats.Regions
                .OrderBy(each => $"{each.Key}", StringComparer.Ordinal)
                .Select(each => new ShardRegionView(
                    kind, $"{each.Key}", each.Value.Stats.Count, each.Value.Stats.Values.Sum())));
        }

        await context.Json(new ShardListView(regions.ToImmutable()), GatewayJson.Default.ShardListView);
    }

    /// <summary>A singleton runs on the oldest member of its role that has not stopped it yet.</summary>
    private async Task ShowSingletons(HttpContext context)
    {
        var members = Cluster().State.Members.Where(member =>
            member.Status is MemberStatus.Up or MemberStatus.Leaving or MemberStatus.Exiting).Order(Member.AgeOrdering);
        var views = ImmutableArray.CreateBuilder<SingletonView>();
        foreach (var (name, role) in Singletons)
        {
            var identity = await Identity(name, context.RequestAborted);
            views.Add(new SingletonView(
                name, members.FirstOrDefault(member => member.HasRole(role))?.Address.ToString(),
                identity is not null,
                (identity as MasterProtocol.MasterIdentity)?.Epoch.Value,
                (identity as MasterProtocol.MasterIdentity)?.ClusterId));
        }

        await context.Json(new SingletonListView(views.ToImmutable()), GatewayJson.Default.SingletonListView);
    }

    private async Task<object?> Identity(string name, CancellationToken cancelled)
    {
        try
        {
            return name == ClusterNames.Master
                ? await plane.Master.Ask<object>(new MasterProtocol.IdentifyMaster(), SingletonTimeout, cancelled)
                : await plane.Services.Ask<object>(new Identify(name), SingletonTimeout, cancelled);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    private static string HostAndPort(Address address) => $"{address.Host}:{address.Port}";
}
