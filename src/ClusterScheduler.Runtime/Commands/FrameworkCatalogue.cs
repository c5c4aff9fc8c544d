using System.Collections.Immutable;

namespace ClusterScheduler.Runtime.Commands;

/// <summary>framework list</summary>
public static class FrameworkCatalogue
{
    public static OperatorCommand List { get; } = new(
        "framework", "list", "List all frameworks with their share, offers and tasks", ListFrameworks)
    {
        Examples =
        [
            new("csched framework list", "SHARE: the dominant share; HELD: how long the oldest offer has been held"),
        ],
    };

    internal static ImmutableArray<OperatorCommand> All => [List];

    private static async Task<CommandAnswer> ListFrameworks(CommandCall call)
    {
        var list = await call.Ask<MasterProtocol.FrameworkList>(call.Refs.Master, new MasterProtocol.ListFrameworks());
        return CommandAnswer.Table.Of(
            ["name", "roles", "connected", "share", "tasks", "offers", "used", "since", "id"],
            list.Frameworks.Select(framework => new CommandCell[]
            {
                framework.Info.Name,
                string.Join(',', framework.Info.Roles),
                framework.Connected,
                (decimal)Math.Round(framework.DominantShare, 3),
                framework.TaskCount,
                framework.OfferCount,
                framework.Used.ToString(),
                framework.Since,
                framework.FrameworkId.Value,
            }));
    }
}
