using System.Globalization;
using ClusterScheduler.Core.Maintenance;
using ClusterScheduler.Core.Registry;
using ClusterScheduler.Gateway.Roles;

namespace ClusterScheduler.Gateway.Maintenance;

/// <summary>/v1/maintenance: when machines are planned to be away, and taking them down and up</summary>
internal sealed class MaintenanceRoutes(ControlPlane plane)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/maintenance/schedule", async context => await context.Json(
            MaintenanceScheduleView.Of(await Status(context)), GatewayJson.Default.MaintenanceScheduleView));
        routes.MapGet("/v1/maintenance/status", Show);
        routes.MapPut("/v1/maintenance/schedule", async context =>
        {
            var body = await context.Body(GatewayJson.Default.MaintenanceScheduleView);
            await Change(context, new MasterProtocol.UpdateMaintenanceSchedule(
                [.. (body.Windows.IsDefault ? [] : body.Windows).Select(MaintenanceWindowView.Read)],
                body.Version));
        });
        routes.MapPost("/v1/maintenance/start", async context =>
            await Change(context, new MasterProtocol.StartMaintenance(await Machines(context))));
        routes.MapPost("/v1/maintenance/stop", async context =>
            await Change(context, new MasterProtocol.StopMaintenance(await Machines(context))));
    }

    private async Task Show(HttpContext context) => await context.Json(
        MaintenanceStatusView.Of(await Status(context)), GatewayJson.Default.MaintenanceStatusView);

    private async Task Change(HttpContext context, object change)
    {
        var answer = await plane.Ask<object>(plane.Master, change, context.RequestAborted);
        if (answer is MasterProtocol.MaintenanceRefused { Refusal: var refusal })
        {
            var status = refusal.Fault == MaintenanceFault.Changed ? 409 : 422;
            throw new ProblemException(status, RoleRequests.Code("maintenance", refusal.Fault), Explain(refusal));
        }

        await Show(context);
    }

    private Task<MasterProtocol.MaintenanceStatus> Status(HttpContext context) =>
        plane.Ask<MasterProtocol.MaintenanceStatus>(
            plane.Master, new MasterProtocol.GetMaintenanceStatus(), context.RequestAborted);

    private static async Task<ImmutableArray<string>> Machines(HttpContext context)
    {
        var body = await context.Body(GatewayJson.Default.MachinesBody);
        return MachinesBody.Read(body.Machines);
    }

    private static string Explain(MaintenanceRefusal refusal) => refusal.Fault switch
    {
        MaintenanceFault.MachineName => $"'{Shown(refusal.Machine)}' is no host name: 1 to 255 "
            + "characters are needed, and no control characters",
        MaintenanceFault.DoubleMachine => $"machine '{refusal.Machine}' is named twice",
        MaintenanceFault.NoMachine => "a window or request names no machine; name at least one",
        MaintenanceFault.Duration => $"the duration for machine '{refusal.Machine}' must be more than zero",
        MaintenanceFault.Time => $"the window of machine '{refusal.Machine}' must begin and end from "
            + $"{Date(MaintenanceWindow.Earliest)} to {Date(MaintenanceWindow.Latest)}",
        MaintenanceFault.Changed =>
            "somebody else changed the schedule since it was read; read it again, and change that",
        MaintenanceFault.DownMachineMissing =>
            $"machine '{refusal.Machine}' is down and must stay in the schedule; bring it up first",
        MaintenanceFault.NotScheduled => $"machine '{refusal.Machine}' is not in the schedule; schedule it first",
        MaintenanceFault.NotDown => $"machine '{refusal.Machine}' is not down",
        MaintenanceFault.TooManyMachines =>
            $"with '{refusal.Machine}' the schedule would have more than {RegistryDecider.MachinesMax} machines",
        _ => throw new InvalidOperationException($"no words for {refusal.Fault}"),
    };

    private static string Date(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Shown(string machine) =>
        string.Concat(machine.Select(static each => char.IsControl(each) ? '?' : each));
}
