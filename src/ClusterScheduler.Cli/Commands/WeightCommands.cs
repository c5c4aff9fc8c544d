using System.CommandLine;
using System.Globalization;
using ClusterScheduler.Cli.Output;
using ClusterScheduler.Core.Roles;
using ClusterScheduler.Gateway.Views;
using ClusterScheduler.Runtime.Commands;

namespace ClusterScheduler.Cli.Commands;

/// <summary>csched weight list|set</summary>
internal static class WeightCommands
{
    private static readonly string Range =
        FormattableString.Invariant($"from {RoleWeight.Least} to {RoleWeight.Most}");

    public static Command Build() =>
        new("weight", "Say how much more than others a role is due") { List(), Set() };

    private static Command List()
    {
        var list = new ClientCommand(RoleCatalogue.Weights);
        list.Action(async call =>
        {
            var path = ClientCall.Path("weights");
            if (call.Json)
            {
                return await call.PrintJson(path);
            }

            var found = await call.Client.Get(path, GatewayJson.Default.WeightListView, call.Cancelled);
            var table = new TextTable("ROLE", "WEIGHT");
            foreach (var weight in found.Weights)
            {
                table.Add(weight.Role, Text(weight.Weight));
            }

            table.Write(call.Output, Screen.Columns);
            return ExitCode.Done;
        });
        return list.Command.WithExamples(("csched weight list", "every role that is not here has the weight 1"));
    }

    private static Command Set()
    {
        var set = new ClientCommand("set", "Give a role a weight; all offers are taken back and made anew");
        var role = set.Add("ROLE", "its whole name, such as eng/web");
        var weight = set.Add("WEIGHT", $"{Range}; 1 is ordinary");
        set.Action(async call =>
        {
            var updated = await call.Client.Put(
                ClientCall.Path("weights", call.Parsed.GetRequiredValue(role)),
                new WeightBody { Weight = Number(call.Parsed.GetRequiredValue(weight)) },
                GatewayJson.Default.WeightBody,
                GatewayJson.Default.WeightListView,
                call.Cancelled);
            return call.Say(updated, GatewayJson.Default.WeightListView, output =>
            {
                foreach (var each in updated.Weights)
                {
                    output.WriteLine($"role {each.Role} has the weight {Text(each.Weight)}");
                }
            });
        });
        return set.Command.WithExamples(("csched weight set eng 2", "'eng' is due twice the share of its siblings"));
    }

    // JSON has no way to write what is not finite; the master would refuse that as well.
    private static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var weight)
            && double.IsFinite(weight)
            ? weight
            : throw new UserException(
                $"WEIGHT is '{text}'; write a number {Range}, such as 2 or 0.5", ExitCode.WrongInput);

    private static string Text(double weight) => weight.ToString(CultureInfo.InvariantCulture);
}
