using System.CommandLine;
using System.Globalization;
using ClusterScheduler.Cli.Output;
using ClusterScheduler.Gateway.Views;
using ClusterScheduler.Runtime.Commands;

namespace ClusterScheduler.Cli.Commands;

/// <summary>csched framework list|show</summary>
internal static class FrameworkCommands
{
    public static Command Build() => new("framework", "See the frameworks, which use the agents' offers")
    {
        List(),
        Show(),
    };

    private static Command List()
    {
        var list = new ClientCommand(FrameworkCatalogue.List);
        list.Action(async call =>
        {
            var path = ClientCall.Path("frameworks");
            if (call.Json)
            {
                return await call.PrintJson(path);
            }

            var now = DateTimeOffset.UtcNow;
            var found = await call.Client.Get(path, GatewayJson.Default.FrameworkListView, call.Cancelled);
            var table = new TextTable("NAME", "ROLES", "CONNECTED", "SHARE", "TASKS", "OFFERS", "HELD", "ID");
            foreach (var framework in found.Frameworks)
            {
                table.Add(
                    framework.Name,
                    string.Join(',', framework.Roles),
                    framework.Connected ? "yes" : "no",
                    framework.DominantShare.ToString("0%", CultureInfo.InvariantCulture),
                    framework.Tasks.ToString(CultureInfo.InvariantCulture),
                    framework.Offers.ToString(CultureInfo.InvariantCulture),
                    Ages.Of(framework.OldestOffer, now) + (framework.Held is { IsHoarder: true } ? " hoards" : ""),
                    framework.Id);
            }

            table.Write(call.Output, Screen.Columns);
            return ExitCode.Done;
        });
        return list.Command.WithExamples(
            ("csched framework list", "SHARE: the dominant share; HELD: how long the oldest offer has been held"));
    }

    private static Command Show()
    {
        var show = new ClientCommand("show", "Show one framework: share, tasks, and how it treats its offers");
        var framework = show.Add("FRAMEWORK", "its id, or its name where only one is called so");
        show.Action(async call =>
        {
            var path = ClientCall.Path("frameworks", call.Parsed.GetRequiredValue(framework));
            if (call.Json)
            {
                return await call.PrintJson(path);
            }

            Write(await call.Client.Get(path, GatewayJson.Default.FrameworkView, call.Cancelled), call.Output);
            return ExitCode.Done;
        });
        return show.Command.WithExamples(
            ("csched framework show services", "'csched why framework services' says what keeps offers from it"));
    }

    private static void Write(FrameworkView framework, TextWriter output)
    {
        var now = DateTimeOffset.UtcNow;
        output.WriteLine($"framework     {framework.Id}");
        output.WriteLine($"name          {framework.Name}");
        output.WriteLine($"roles         {string.Join(", ", framework.Roles)}");
        output.WriteLine($"suppressed    {Listed(framework.SuppressedRoles)}");
        output.WriteLine($"capabilities  {Listed(framework.Capabilities)}");
        output.WriteLine($"connected     {(framework.Connected ? "yes" : "no")}, {Ages.Of(framework.Since, now)}");
        output.WriteLine($"share         {framework.DominantShare.ToString("0.##%", CultureInfo.InvariantCulture)}");
        output.WriteLine($"tasks         {framework.Tasks}");
        output.WriteLine($"used          {ResourceLine.Of(framework.Used)}");
        output.WriteLine($"offers        {framework.Offers}, oldest {Ages.Of(framework.OldestOffer, now)}");
        output.WriteLine($"offered       {ResourceLine.Of(framework.Offered)}");
        var timeout = framework.OfferTimeoutSeconds is { } seconds
            ? $"offers are taken back after {Ages.Of(TimeSpan.FromSeconds(seconds))}"
            : "offers are never taken back";
        output.WriteLine($"timeout       {timeout}");
        if (framework.Held is { } held)
        {
            var amount = held.CpuSeconds.ToString("0", CultureInfo.InvariantCulture);
            var used = held.UsedPart.ToString("0%", CultureInfo.InvariantCulture);
            output.WriteLine($"held          {amount} cpu seconds in all; {used} of what was offered was used"
                + (held.IsHoarder ? "; it hoards" : ""));
        }
    }

    private static string Listed(IReadOnlyList<string> words) => words.Count == 0 ? "-" : string.Join(", ", words);
}
