using ClusterScheduler.Core.Quotas;

namespace ClusterScheduler.Gateway.Roles;

/// <summary>/v1/quota: what roles are guaranteed and limited to</summary>
internal sealed class QuotaRoutes(ControlPlane plane)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/quota", List);
        routes.MapPut("/v1/quota", PutAll).Takes("force", "dryRun");
        routes.MapGet("/v1/reclaim-plan", Plan);
        routes.MapGet("/v1/quota/{**role}", Show);
        routes.MapPut("/v1/quota/{**role}", Put).Takes("force", "dryRun");
        routes.MapDelete(
            "/v1/quota/{**role}", context => Update(context, [new QuotaConfig(context.RolePath(), [], [])]))
            .Takes("force", "dryRun");
    }

    private async Task List(HttpContext context)
    {
        var list = await Quota(context);
        await context.Json(
            new QuotaListView([.. list.Configs.Select(QuotaView.Of)]), GatewayJson.Default.QuotaListView);
    }

    /// <summary>Who loses what, or would, so that roles below their guarantees get them; asking changes nothing.
    /// </summary>
    private async Task Plan(HttpContext context) => await context.Json(
        ReclaimPlanView.Of(await plane.Ask<MasterProtocol.ReclaimPlanned>(
            plane.Master, new MasterProtocol.PlanReclaim(), context.RequestAborted)),
        GatewayJson.Default.ReclaimPlanView);

    private async Task Show(HttpContext context)
    {
        var role = context.RolePath();
        var list = await Quota(context);
        var config = list.Configs.FirstOrDefault(config => config.Role == role)
            ?? throw new ProblemException(404, "quota-unknown", $"role '{role}' has no quota");
        await context.Json(QuotaView.Of(config), GatewayJson.Default.QuotaView);
    }

    private async Task Put(HttpContext context)
    {
        var body = await context.Body(GatewayJson.Default.QuotaBody);
        await Update(context, [Config(context.RolePath(), body.Guarantees, body.Limits)]);
    }

    /// <summary>Several roles at once, all or nothing: a parent and its sub-roles can change together.</summary>
    private async Task PutAll(HttpContext context)
    {
        var body = await context.Body(GatewayJson.Default.QuotaListBody);
        if (body.Quota.IsDefaultOrEmpty || body.Quota.Any(static each => each?.Role is null))
        {
            throw new ProblemException(400, "bad-body", "'quota' must be a list that names roles");
        }

        await Update(context, [.. body.Quota.Select(static each => Config(each.Role, each.Guarantees, each.Limits))]);
    }

    private async Task Update(HttpContext context, ImmutableArray<QuotaConfig> configs)
    {
        var update = new MasterProtocol.UpdateQuota(
            configs, context.QuerySwitch("force"), context.QuerySwitch("dryRun"));
        var answer = await plane.Ask<object>(plane.Master, update, context.RequestAborted);
        if (answer is MasterProtocol.QuotaRefused refused)
        {
            var words = QuotaFaults.Explain(
                refused.Fault, refused.Role, refused.Resource, refused.Asked, refused.Bound);
            throw new ProblemException(422, RoleRequests.Code("quota", refused.Fault), words);
        }

        var updated = (MasterProtocol.QuotaUpdated)answer;
        await context.Json(
            new QuotaUpdateView(updated.DryRun, [.. updated.Configs.Select(QuotaView.Of)]),
            GatewayJson.Default.QuotaUpdateView);
    }

    private Task<MasterProtocol.QuotaList> Quota(HttpContext context) =>
        plane.Ask<MasterProtocol.QuotaList>(plane.Master, new MasterProtocol.ListQuota(), context.RequestAborted);

    private static QuotaConfig Config(
        string role, SortedDictionary<string, decimal>? guarantees, SortedDictionary<string, decimal>? limits) =>
        new(role, Amounts("guarantees", guarantees), Amounts("limits", limits));

    private static ImmutableArray<QuotaAmount> Amounts(string list, SortedDictionary<string, decimal>? amounts)
    {
        var read = ImmutableArray.CreateBuilder<QuotaAmount>();
        foreach (var (name, units) in amounts ?? [])
        {
            if (name.Length == 0)
            {
                throw new ProblemException(422, "quota-resource-name",
                    $"{list}: a resource has an empty name; write one such as cpus");
            }

            // A limit of zero allows nothing; nobody who writes more means that.
            if (!Scalar.TryCreateAsMeant(units, out var amount, out var refusal))
            {
                throw new ProblemException(422, "bad-amount", $"{list}: {units} {name} cannot be: {refusal.InWords()}");
            }

            read.Add(new QuotaAmount(name, amount));
        }

        return read.ToImmutable();
    }
}
