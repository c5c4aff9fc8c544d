using System.CommandLine;
using System.Globalization;
using ClusterScheduler.Cli.Output;
using ClusterScheduler.Gateway.Views;
using ClusterScheduler.Runtime.Commands;

namespace ClusterScheduler.Cli.Commands;

/// <summary>csched role list|show|reclaim-plan</summary>
internal static class RoleCommands
{
    public static Command Build() => new("role", "See the roles, among which resources are shared")
    {
        List(),
        Show(),
        ReclaimPlanCommand.Build(),
    };

    private static Command List()
    {
        var list = new ClientCommand(RoleCatalogue.List);
        list.Action(async call =>
        {
            var path = ClientCall.Path("roles");
            if (call.Json)
            {
                return await call.PrintJson(path);
            }

            var found = await call.Client.Get(path, GatewayJson.Default.RoleListView, call.Cancelled);
            var table = new TextTable("ROLE", "WEIGHT", "SHARE", "FRAMEWORKS", "CONSUMED", "GUARANTEES", "LIMITS");
            foreach (var role in found.Roles)
            {
                table.Add(
                    role.Name,
                    role.Weight.ToString("0.###", CultureInfo.InvariantCulture),
                    role.DominantShare.ToString("0%", CultureInfo.InvariantCulture),
                    role.Frameworks.Length.ToString(CultureInfo.InvariantCulture),
                    ResourceLine.Short(role.Consumed),
                    ResourceLine.Of(role.Quota.Guarantees),
                    ResourceLine.Of(role.Quota.Limits));
            }

            table.Write(call.Output, Screen.Columns);
            return ExitCode.Done;
        });
        return list.Command.WithExamples(
            ("csched role list", "SHARE: the dominant share; CONSUMED: what counts against quota"));
    }

    private static Command Show()
    {
        var show = new ClientCommand("show", "Show one role: shares, quota, frameworks");
        var role = show.Add("ROLE", "its whole name, such as eng/web");
        show.Action(async call =>
        {
            var path = ClientCall.Path("roles", call.Parsed.GetRequiredValue(role));
            if (call.Json)
            {
                return await call.PrintJson(path);
            }

            Write(await call.Client.Get(path, GatewayJson.Default.RoleView, call.Cancelled), call.Output);
            return ExitCode.Done;
        });
        return show.Command.WithExamples(
            ("csched role show eng/web", "the role 'web' below 'eng'; 'csched why role' says what it may still get"));
    }

    private static void Write(RoleView role, TextWriter output)
    {
        var share = role.DominantShare.ToString("0.#%", CultureInfo.InvariantCulture);
        output.WriteLine($"role        {role.Name}");
        output.WriteLine($"weight      {role.Weight.ToString("0.###", CultureInfo.InvariantCulture)}");
        output.WriteLine($"share       {share}");
        output.WriteLine($"allocated   {ResourceLine.Of(role.Allocated)}");
        output.WriteLine($"consumed    {ResourceLine.Of(role.Consumed)}");
        output.WriteLine($"offered     {ResourceLine.Of(role.Offered)}");
        output.WriteLine($"reserved    {ResourceLine.Of(role.Reserved)}");
        output.WriteLine($"guarantees  {ResourceLine.Of(role.Quota.Guarantees)}");
        output.WriteLine($"limits      {ResourceLine.Of(role.Quota.Limits)}");
        output.WriteLine($"unmet       {ResourceLine.Of(role.Unmet)}");
        foreach (var framework in role.Frameworks)
        {
            output.WriteLine($"framework   {framework}");
        }
    }
}
