using System.CommandLine;
using ClusterScheduler.Cli.Running;

namespace ClusterScheduler.Cli.Commands;

/// <summary>csched run FILE</summary>
internal static class RunCommand
{
    public static Command Build()
    {
        var file = new Argument<string>("file")
        {
            Description = "The job file: YAML or JSON, see docs/job-file.md",
        };
        var agents = CommonOptions.Agents();
        var output = CommonOptions.Output();
        var explain = new Option<bool>("--explain")
        {
            Description = "Print the placements that were weighed, with their sums",
        };
        var data = CommonOptions.Data();
        data.Description = "Directory for state, logs and files [default: a new one in ~/.local/state/csched/runs]";
        var config = CommonOptions.Config();
        var command = new Command("run", "Run the jobs of a file on a cluster in this process, then stop it")
        {
            file, agents, output, explain, data, config,
        };
        command.SetAction(parsed => RunSession.Run(new RunRequest(
            parsed.GetRequiredValue(file),
            parsed.GetValue(agents),
            parsed.IsJson(output),
            parsed.GetValue(explain),
            parsed.GetValue(data),
            parsed.GetValue(config),
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error)));
        return command.WithExamples(
            ("csched run docs/samples/wordcount.yaml", "twelve tasks on three agents, then one that merges"),
            ("csched run --agents 5 -o json jobs.yaml", "on five agents; one JSON object a line"),
            ("csched run --explain docs/samples/three-agents.yaml", "and say why each task went where it went"));
    }
}
