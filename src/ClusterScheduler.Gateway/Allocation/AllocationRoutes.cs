using ClusterScheduler.Core.Offers;
using ClusterScheduler.Gateway.Frameworks;
using ClusterScheduler.Gateway.Roles;

namespace ClusterScheduler.Gateway.Allocation;

/// <summary>/v1/allocation: why a framework, or a role, gets what it gets</summary>
internal sealed class AllocationRoutes(ControlPlane plane)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/allocation/frameworks/{framework}", Framework).Takes("role", "demand");
        routes.MapGet("/v1/allocation/roles/{**role}", Role);
    }

    /// <summary>
    /// By id, or by name where that is unique. Query: role, demand such as cpus:4;mem:1024, also several. Without one
    /// it is about any offer and about what the service scheduler's tasks wait for, where the framework is that.
    /// </summary>
    private async Task Framework(HttpContext context)
    {
        var demands = Demands(context);
        var framework = await plane.FindFramework(context);
        var id = framework.FrameworkId;
        var waiting = demands.IsEmpty
            ? await plane.AskBriefly<ServicesProtocol.DemandList>(
                plane.Services, new ServicesProtocol.ListDemands(id), context.RequestAborted)
            : null;
        var question = new MasterProtocol.WhyFramework(
            id, context.Request.Query["role"].ToString(), demands.IsEmpty ? ResourceSet.Empty : demands[0])
        {
            Demands =
            [
                .. demands.Skip(1).Select(static demand => new ResourceRequest("", demand)),
                .. waiting?.Demands.Select(static demand => new ResourceRequest(demand.Role, demand.Resources)) ?? [],
            ],
        };
        var explained = await Ask<MasterProtocol.FrameworkExplained>(context, question);
        await context.Json(
            FrameworkWhyView.Of(explained, framework.Info.Name, waiting) with
            {
                DemandsUnknown = demands.IsEmpty && waiting is null,
            },
            GatewayJson.Default.FrameworkWhyView);
    }

    private static ImmutableArray<ResourceSet> Demands(HttpContext context)
    {
        var demands = ImmutableArray.CreateBuilder<ResourceSet>();
        foreach (var text in context.Request.Query["demand"])
        {
            if (!ResourceSet.TryParse(text, out var demand, out var refusal))
            {
                throw new ProblemException(400, "bad-parameter", $"'demand' is '{text}': {refusal}");
            }

            // Which part of a name it is cannot be asked: a demand is met by any mixture of the parts.
            if (demand.Items.FirstOrDefault(static item => item.Key.Text != item.Key.Name).Key is { } part)
            {
                throw new ProblemException(400, "bad-parameter",
                    $"'demand' is '{text}': a demand is an amount of a name, reserved or not; write {part.Name}:..., "
                    + $"not {part.Text}:..., and say with 'role' whose it is about");
            }

            if (!demand.IsEmpty)
            {
                demands.Add(demand);
            }
        }

        return demands.Count <= ResourceRequest.RequestsMax
            ? demands.ToImmutable()
            : throw new ProblemException(400, "bad-parameter",
                $"{demands.Count} times 'demand'; it may be said {ResourceRequest.RequestsMax} times at most");
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
