using ClusterScheduler.Core.Jobs.Findings;
using ClusterScheduler.Core.Jobs.Templates;

namespace ClusterScheduler.Core.Jobs.Files;

/// <summary>Rules inside one task: something to run, ports and processes named once, templates that mean
/// something.</summary>
internal static class TaskChecks
{
    public static void Check(CheckedTree tree, Located job, bool hasDirectory)
    {
        if (tree.Find(job, "task") is not { } task)
        {
            return;
        }

        var known = Template.Names.Concat(CheckPorts(tree, task).Select(port => Template.PortPrefix + port))
            .Concat(hasDirectory ? [Template.FileDirectory] : []).ToList();
        if (tree.Find(task, "command") is { } command)
        {
            CheckCommand(tree, command, known);
        }

        if (tree.Find(task, "env") is { Node: FileNode.Map env } variables)
        {
            foreach (var entry in env.Entries)
            {
                CheckTemplates(tree, new Located(entry.Value, $"{variables.Path}.{entry.Key}"), known);
            }
        }

        var processes = tree.Find(task, "processes") is { } list ? tree.Items(list.Node, list.Path).ToList() : [];
        foreach (var process in processes)
        {
            if (tree.Find(process, "cmdline") is { } cmdline)
            {
                CheckCommand(tree, cmdline, known);
            }
        }

        ProcessChecks.Check(tree, task, processes);
    }

    private static List<string> CheckPorts(CheckedTree tree, Located task)
    {
        var names = new List<string>();
        var place = tree.Find(task, "resources") is { } resources ? tree.Find(resources, "ports") : null;
        foreach (var port in tree.Items(place?.Node, place?.Path ?? ""))
        {
            if (tree.Text(port) is { } name)
            {
                if (names.Contains(name))
                {
                    tree.Report(port, JobFindingKind.DuplicateName,
                        $"the port {CheckedTree.Shown(name)} is there twice",
                        "each port once");
                }

                names.Add(name);
            }
        }

        return names;
    }

    private static void CheckCommand(CheckedTree tree, Located command, List<string> known)
    {
        if (command.Node is FileNode.List arguments)
        {
            var items = tree.Items(arguments, command.Path).ToList();
            if (items.Count == 0 || (tree.Text(items[0]) is { } program && program.Trim().Length == 0))
            {
                tree.Report(command, JobFindingKind.EmptyCommand, "the command names no program",
                    "the program and its arguments, as in [grep, -c, word]");
            }

            items.ForEach(item => CheckTemplates(tree, item, known));
        }
        else if (tree.Text(command) is { } line)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                tree.Report(command, JobFindingKind.EmptyCommand, "the command is empty",
                    "a line for /bin/sh, as in: echo hello");
            }

            CheckTemplates(tree, command, known);
        }
    }

    private static void CheckTemplates(CheckedTree tree, Located place, List<string> known)
    {
        if (tree.Text(place) is not { } text)
        {
            return;
        }

        foreach (var name in Template.Uses(text).Distinct().Where(name => !known.Contains(name)))
        {
            tree.Report(place, JobFindingKind.UnknownTemplate, $"nothing replaces {{{{{name}}}}}",
                Suggest(name, known));
        }
    }

    private static string Suggest(string name, List<string> known)
    {
        var meant = name switch
        {
            "mesos.instance" or "index" or "shard" => Template.Instance,
            "mesos.hostname" or "host" => Template.Hostname,
            _ => NearestWord.Find(name, known),
        };
        return name.StartsWith(Template.PortPrefix, StringComparison.Ordinal) && meant is null
            ? $"add {name[Template.PortPrefix.Length..]} to the task's resources.ports"
            : (meant is null ? $"one of: {string.Join(", ", known.Select(one => "{{" + one + "}}"))}"
                : $"did you mean {{{{{meant}}}}}?") + " (two literal braces are written {{{{)";
    }
}
