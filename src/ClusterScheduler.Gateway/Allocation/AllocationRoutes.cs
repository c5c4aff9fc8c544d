using ClusterScheduler.Gateway.Frameworks;
using ClusterScheduler.Gateway.Roles;

namespace ClusterScheduler.Gateway.Allocation;

/// <summary>/v1/allocation: why a framework, or a role, gets what it gets</summary>
internal sealed class AllocationRoutes(ControlPlane plane)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/allocation/frameworks/{framework}", Framework);
        routes.MapGet("/v1/allocation/roles/{**role}", Role);
    }

    /// <summary>By id, or by name where that is unique. Query: role, demand such as cpus:4;mem:1024.</summary>
    private async Task Framework(HttpContext context)
    {
        var text = context.Request.Query["demand"].ToString();
        if (!ResourceSet.TryParse(text, out var demand, out var refusal))
        {
            throw new ProblemException(400, "bad-parameter", $"'demand' is '{text}': {refusal}");
        }

        var framework = await plane.FindFramework(context);
        var role = context.Request.Query["role"].ToString();
        var explained = await Ask<MasterProtocol.FrameworkExplained>(
            context, new MasterProtocol.WhyFramework(framework.FrameworkId, role, demand));
        await context.Json(
            FrameworkWhyView.Of(explained, framework.Info.Name), GatewayJson.Default.FrameworkWhyView);
    }

    private async Task Role(HttpContext context)
    {
        var explained = await Ask<MasterProtocol.RoleExplained>(
            context, new MasterProtocol.WhyRole(context.RolePath()));
        await context.Json(RoleWhyView.Of(explained), GatewayJson.Default.RoleWhyView);
    }

    private async Task<T> Ask<T>(HttpContext context, object question) =>
        await plane.Ask<object>(plane.Master, question, context.RequestAborted) switch
        {
            T answer => answer,
            MasterProtocol.WhyRefused refused => throw AsProblem(refused),
            var other => throw new InvalidOperationException($"{question} was answered with {other}"),
        };

    private static ProblemException AsProblem(MasterProtocol.WhyRefused refused) => refused.Fault switch
    {
        MasterProtocol.WhyFault.UnknownFramework => new ProblemException(404, "framework-not-registered",
            $"framework '{refused.Subject}' has not registered with this master: it gets no offers"),
        MasterProtocol.WhyFault.NotInRole => new ProblemException(404, "not-in-role",
            $"the framework is not in a role '{refused.Subject}'"),
        _ => new ProblemException(404, "role-unknown", $"nothing is known of a role '{refused.Subject}'"),
    };
}
