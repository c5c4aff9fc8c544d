using System.Collections.Immutable;

namespace ClusterScheduler.Agent.Execution;

/// <summary>
/// The environment of a task: nothing of the daemon's, a sane PATH, where it is, then what the agent says, then what
/// its plan says. Names are Mesos' own.
/// </summary>
internal static class TaskEnvironment
{
    private const string SanePath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>NAME=VALUE, each name once, later ones winning; the sandbox' own place cannot be overridden.</summary>
    public static ImmutableArray<string> Compose(LaunchRequest request, string sandbox)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = SanePath,
            ["HOME"] = sandbox,
            ["SHELL"] = "/bin/sh",
            ["USER"] = Environment.UserName,
            ["LOGNAME"] = Environment.UserName,
            ["LANG"] = "C.UTF-8",
            ["MESOS_TASK_ID"] = request.Key.Task.Value,
            ["MESOS_FRAMEWORK_ID"] = request.Key.Framework.Value,
        };
        foreach (var variable in request.Environment.Concat(request.Plan.Environment))
        {
            variables[variable.Name] = variable.Value;
        }

        variables["MESOS_SANDBOX"] = sandbox;
        variables["MESOS_DIRECTORY"] = sandbox;
        return
        [
            .. variables.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"),
        ];
    }
}
