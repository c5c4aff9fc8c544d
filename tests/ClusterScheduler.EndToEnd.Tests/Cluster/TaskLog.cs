using System.Globalization;

namespace ClusterScheduler.EndToEnd.Tests.Cluster;

/// <summary>
/// What tasks did, as they wrote it down themselves: one line when one starts, with the agent and the role that it has
/// its cpus of, one when it is about to end. The only word on what really ran.
/// </summary>
internal sealed class TaskLog(string file)
{
    /// <summary>The shell command of a task that writes both lines.</summary>
    public string Around(string command, decimal cpus) => string.Create(CultureInfo.InvariantCulture,
        $"echo + $MESOS_TASK_ID $MESOS_AGENT_ID \"$MESOS_ALLOCATION_ROLE\" {cpus} >> {file}; "
        + $"{command}; echo - $MESOS_TASK_ID >> {file}");

    /// <summary>Each task that started, in order.</summary>
    public string[] Started => [.. Lines.Where(static line => line[0] == "+").Select(static line => line[1])];

    /// <summary>
    /// No task started twice (I5); never did an agent run more than it has (I1, I2), nor a role more than its limit
    /// (I6).
    /// </summary>
    /// <param name="totals">The cpus of each agent, by its id.</param>
    /// <param name="limits">The cpus of each role that has a limit.</param>
    public void Check(IReadOnlyDictionary<string, decimal> totals, IReadOnlyDictionary<string, decimal> limits)
    {
        Assert.Equal(Started.Distinct(StringComparer.Ordinal), Started);
        var running = new Dictionary<string, (string Agent, string Role, decimal Cpus)>(StringComparer.Ordinal);
        foreach (var line in Lines)
        {
            if (line[0] == "-")
            {
                running.Remove(line[1]);
                continue;
            }

            var (agent, role) = (line[2], line[3]);
            running.Add(line[1], (agent, role, decimal.Parse(line[4], CultureInfo.InvariantCulture)));
            var onAgent = running.Values.Where(task => task.Agent == agent).Sum(static task => task.Cpus);
            var inRole = running.Values.Where(task => task.Role == role).Sum(static task => task.Cpus);
            Assert.True(onAgent <= totals[agent], $"{agent} ran {onAgent} cpus at once of {totals[agent]}");
            Assert.True(
                !limits.TryGetValue(role, out var limit) || inRole <= limit,
                $"role {role} ran {inRole} cpus at once, its limit is {limit}");
        }
    }

    private IEnumerable<string[]> Lines => File.ReadLines(file).Select(static line => line.Split(' '));
}
