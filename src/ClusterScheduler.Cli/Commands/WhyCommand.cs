using System.CommandLine;
using ClusterScheduler.Gateway.Views;

namespace ClusterScheduler.Cli.Commands;

/// <summary>csched why TASK, csched why framework|role|task</summary>
internal static class WhyCommand
{
    public static Command Build()
    {
        var why = new ClientCommand("why", "Say why a task does not run, or why a framework or role gets no offers");
        Explain(why);
        why.Command.Add(Task());
        why.Command.Add(WhyAllocationCommands.Framework());
        why.Command.Add(WhyAllocationCommands.Role());
        return why.Command.WithExamples(
            ("csched why map-1-3-0", "a task, as 'csched task list' names it"),
            ("csched why me/devel/map/3", "instance 3 of a job, also before it has a task"),
            ("csched why framework services", "what keeps offers from a framework"));
    }

    private static Command Task()
    {
        var task = new ClientCommand("task", "Say why a task, or an instance of a job, is not running");
        Explain(task);
        return task.Command.WithExamples(("csched why task map-1-3-0", "the same as 'csched why map-1-3-0'"));
    }

    private static void Explain(ClientCommand why)
    {
        var target = why.Add("TASK", "a task's id, or a job as role/environment/name or .../name/INSTANCE");
        why.Action(async call =>
        {
            var path = PathOf(call.Parsed.GetRequiredValue(target));
            if (call.Json)
            {
                return await call.PrintJson(path);
            }

            Write(await call.Client.Get(path, GatewayJson.Default.WhyView, call.Cancelled), call.Output);
            return ExitCode.Done;
        });
    }

    private static string PathOf(string target) => target.Split('/') switch
    {
        [var role, var environment, var name] => ClientCall.Path("why", role, environment, name),
        [var role, var environment, var name, var instance] =>
            ClientCall.Path("why", role, environment, name) + $"?instance={Uri.EscapeDataString(instance)}",
        _ => ClientCall.Path("why", target),
    };

    public static void Write(WhyView why, TextWriter output)
    {
        output.WriteLine($"{why.Job}/{why.Instance}: {why.Sentence}");
        foreach (var job in why.WaitsFor)
        {
            output.WriteLine($"  waits for {job}");
        }

        if (why.Agents is { } agents)
        {
            output.WriteLine($"  {why.Fitting} of {agents} agents would take it now");
            foreach (var reason in why.Reasons)
            {
                var when = reason.IsStatic ? "never" : "not now";
                output.WriteLine($"  {reason.Agents} of them {when}: {Words(reason.Kind)} {reason.Subject}");
            }
        }

        if (why.Nearest is { } nearest)
        {
            output.WriteLine($"  nearest is {nearest.Host}: {string.Join("; ", nearest.Lacks)}");
        }

        if (why.Allocation is { } allocation)
        {
            output.WriteLine("offers:");
            WhyAllocationCommands.WriteHold(why.HeldBackUntil, output);
            WhyAllocationCommands.Write(allocation, output);
        }
    }

    private static string Words(string kind) => kind switch
    {
        "InsufficientResource" => "too little",
        "ConstraintMismatch" => "constraint on",
        "LimitReached" => "limit on",
        "PerAgentReached" => "limit per agent",
        "Maintenance" => "maintenance of the",
        _ => kind,
    };
}
