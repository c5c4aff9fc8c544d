using System.CommandLine;
using System.CommandLine.Help;

namespace ClusterScheduler.Cli.Commands;

/// <summary>All commands of csched.</summary>
internal static class CommandTree
{
    public static RootCommand Build()
    {
        var root = new RootCommand("A two-level cluster scheduler: runs job files on one machine or on many.");
        root.Options.Remove(root.Options.OfType<VersionOption>().Single());
        root.Add(RunCommand.Build());
        root.Add(DevCommand.Build());
        root.Add(NodeCommand.Build());
        root.Add(JobCommands.Build());
        root.Add(TaskCommands.Build());
        root.Add(CatalogueCommands.Group("cluster", "See the nodes of the cluster, and take them out of it"));
        root.Add(AgentCommands.Build());
        root.Add(FrameworkCommands.Build());
        root.Add(RoleCommands.Build());
        root.Add(QuotaCommands.Build());
        root.Add(WeightCommands.Build());
        root.Add(MaintenanceCommands.Build());
        root.Add(WhyCommand.Build());
        root.Add(VersionCommand.Build());
        root.Add(CompletionCommand.Build());
        root.WithExamples(
            ("csched run docs/samples/wordcount.yaml", "start a cluster in this process, run the file, stop"),
            ("csched dev", "start a cluster that stays, then use the other commands against it"));
        root.Options.OfType<HelpOption>().Single().Action = new HelpWithExamples();
        return root;
    }
}
