using System.Collections.Immutable;

namespace ClusterScheduler.Runtime.Commands;

/// <summary>task list|show|kill</summary>
public static class TaskCatalogue
{
    public static CommandArgument Task { get; } = new("task", "its id");
    private static readonly CommandArgument Framework =
        new("framework", "the id of its framework, where several have such a task", IsOptional: true);

    public static OperatorCommand List { get; } = new(
        "task", "list", "List tasks: those that have not ended, and the last ones that did", ListTasks);

    public static OperatorCommand Show { get; } = new(
        "task", "show", "Show one task: what it runs, each state it was in, how it ended", ShowTask)
    {
        Arguments = [Task, Framework],
    };

    public static OperatorCommand Kill { get; } = new(
        "task", "kill", "End a task: SIGTERM to all its processes, SIGKILL after the grace", KillTask)
    {
        Arguments = [Task, Framework],
        Changes = true,
    };

    internal static ImmutableArray<OperatorCommand> All => [List, Show, Kill];

    private static async Task<CommandAnswer> ListTasks(CommandCall call)
    {
        var lists = await System.Threading.Tasks.Task.WhenAll((await Frameworks(call)).Select(framework =>
            call.Ask<FrameworkProtocol.TaskList>(call.Refs.Frameworks, new FrameworkProtocol.ListTasks(framework))));
        return CommandAnswer.Table.Of(
            ["task", "name", "state", "agent", "since", "resources", "framework"],
            lists.SelectMany(list => list.Tasks.Select(task => new CommandCell[]
            {
                task.TaskId.Value,
                task.Name,
                ShownStatus.StateOf(task).WireName(),
                task.AgentId?.Value,
                task.Latest?.At,
                task.Resources.ToString(),
                list.FrameworkId.Value,
            })));
    }

    private static Task<CommandAnswer> ShowTask(CommandCall call) => WithTask(call, shown =>
        System.Threading.Tasks.Task.FromResult<CommandAnswer>(CommandAnswer.Table.Of(
            ["state", "reason", "source", "message", "at"],
            shown.Updates.Select(update => new CommandCell[]
            {
                update.State.WireName(), update.Reason.ToString(), update.Source.ToString(), update.Message, update.At,
            }))));

    private static Task<CommandAnswer> KillTask(CommandCall call) => WithTask(call, async shown =>
    {
        await call.Ask<FrameworkProtocol.KillNoted>(
            call.Refs.Tasks, new TaskProtocol.KillTask(shown.FrameworkId, shown.TaskId, null));
        return new CommandAnswer.Done($"{shown.TaskId} is being killed");
    });

    private static async Task<CommandAnswer> WithTask(
        CommandCall call, Func<TaskProtocol.TaskShown, Task<CommandAnswer>> run)
    {
        var id = new TaskId(call[Task]);
        var frameworks = call[Framework].Length > 0 ? [new FrameworkId(call[Framework])] : await Frameworks(call);
        var shown = await System.Threading.Tasks.Task.WhenAll(frameworks.Select(framework =>
            call.Ask<TaskProtocol.TaskShown>(call.Refs.Tasks, new TaskProtocol.ShowTask(framework, id))));
        var known = shown.Where(task => task.Task is not null).ToList();
        return known switch
        {
            [var only] => await run(only),
            [] => new CommandAnswer.Refused(CommandFault.Unknown, "task-unknown", $"there is no task '{id}'"),
            _ => new CommandAnswer.Refused(CommandFault.Conflict, "task-ambiguous",
                $"several frameworks have a task '{id}': say whose, one of "
                + string.Join(", ", known.Select(each => each.FrameworkId))),
        };
    }

    private static async Task<IEnumerable<FrameworkId>> Frameworks(CommandCall call) =>
        (await call.Ask<MasterProtocol.FrameworkList>(call.Refs.Master, new MasterProtocol.ListFrameworks()))
        .Frameworks.Select(framework => framework.FrameworkId);
}
