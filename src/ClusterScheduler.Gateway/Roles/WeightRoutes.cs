using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Gateway.Roles;

/// <summary>/v1/weights: how much more, or less, than others a role is due</summary>
internal sealed class WeightRoutes(ControlPlane plane)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/weights", List);
        routes.MapPut("/v1/weights/{**role}", Put);
        routes.MapDelete("/v1/weights/{**role}", context => Update(context, 1));
    }

    private async Task List(HttpContext context)
    {
        var list = await plane.Ask<MasterProtocol.WeightList>(
            plane.Master, new MasterProtocol.ListWeights(), context.RequestAborted);
        await context.Json(
            new WeightListView([.. list.Weights.Select(WeightView.Of)]), GatewayJson.Default.WeightListView);
    }

    private async Task Put(HttpContext context) =>
        await Update(context, (await context.Body(GatewayJson.Default.WeightBody)).Weight);

    private async Task Update(HttpContext context, double weight)
    {
        var update = new MasterProtocol.UpdateWeights([new RoleWeight(context.RolePath(), weight)]);
        var answer = await plane.Ask<object>(plane.Master, update, context.RequestAborted);
        if (answer is MasterProtocol.WeightsRefused refused)
        {
            throw new ProblemException(422, RoleRequests.Code("weight", refused.Fault), Explain(refused));
        }

        await context.Json(
            new WeightListView([.. ((MasterProtocol.WeightsUpdated)answer).Weights.Select(WeightView.Of)]),
            GatewayJson.Default.WeightListView);
    }

    private static string Explain(MasterProtocol.WeightsRefused refused) => refused.Fault switch
    {
        WeightFault.RoleName => RoleNameRefusals.Explain(refused.Role),
        WeightFault.DoubleRole => $"role '{refused.Role}' is named twice",
        WeightFault.NotPositive => $"{refused.Weight} is no weight; it must be a number above zero",
        WeightFault.OutOfRange => FormattableString.Invariant(
            $"{refused.Weight} is no weight; it must be from {RoleWeight.Least} to {RoleWeight.Most}"),
        WeightFault.TooManyRoles => $"with role '{refused.Role}' too many roles would have a weight",
        _ => throw new InvalidOperationException($"no words for {refused.Fault}"),
    };
}
