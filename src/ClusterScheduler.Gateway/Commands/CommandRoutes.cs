using ClusterScheduler.Runtime.Commands;

namespace ClusterScheduler.Gateway.Commands;

/// <summary>
/// /v1/commands: what an operator can do, from the catalogue that csched and pbm share. A command that only looks is
/// got, one that changes something is posted; arguments are in the query.
/// </summary>
internal sealed class CommandRoutes(ActorSystem system, TimeSpan timeout)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/commands", context => Write(context, CommandJson.Write(CommandCatalogue.All)));
        routes.MapGet("/v1/commands/{group}/{name}", context => Run(context, mayChange: false)).TakesAny();
        routes.MapPost("/v1/commands/{group}/{name}", context => Run(context, mayChange: true)).TakesAny();
    }

    private async Task Run(HttpContext context, bool mayChange)
    {
        var (group, name) = (context.PathValue("group"), context.PathValue("name"));
        var command = CommandCatalogue.Find(group, name)
            ?? throw new ProblemException(404, "command-unknown", $"there is no command '{group} {name}'");
        if (command.Changes && !mayChange)
        {
            throw new ProblemException(405, "command-changes", $"'{command.Path}' changes something: POST it");
        }

        var arguments = context.Request.Query.ToImmutableDictionary(
            pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
        var answer = await CommandCatalogue.Run(
            command, new CommandCall(system, arguments, timeout, context.RequestAborted));
        if (answer is CommandAnswer.Refused refused)
        {
            throw new ProblemException(StatusOf(refused.Fault), refused.Code, refused.Sentence);
        }

        await Write(context, CommandJson.Write(answer));
    }

    private static int StatusOf(CommandFault fault) => fault switch
    {
        CommandFault.WrongInput => 400,
        CommandFault.Unknown => 404,
        CommandFault.Conflict => 409,
        CommandFault.Unavailable => 503,
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "not a fault of a command"),
    };

    private static async Task Write(HttpContext context, byte[] json)
    {
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(json, context.RequestAborted);
    }
}
