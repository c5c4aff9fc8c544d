using ClusterScheduler.Agent.Agents;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Agent.Tests.Agents;

public sealed class TaskVariablesTests
{
    private static readonly AgentOptions Options =
        new("agent", new AgentInfo("host-7", ResourceSet.Parse("cpus:4"), []), "/shared");

    [Fact]
    public void A_task_hears_of_its_ports_by_number_and_by_name()
    {
        var request = RequestOf(new TaskInfo(new TaskId("t"), "t",
            ResourceSet.Parse("cpus:1;ports:[31000-31001,31005-31005]"), TaskPlan.OfShell("x"))
        {
            Ports = [new NamedPort("http-admin", 31005)],
        });

        Assert.Equal(
            [
                "HOST=host-7", "MESOS_AGENT_ID=agent-1", "MESOS_ALLOCATION_ROLE=role", "MESOS_SLAVE_ID=agent-1",
                "PORT0=31000", "PORT1=31001", "PORT2=31005", "PORT=31000", "PORTS=31000,31001,31005",
                "PORT_HTTP_ADMIN=31005",
            ],
            request.Environment.Select(pair => $"{pair.Name}={pair.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_shared_directory_is_filled_in_where_it_is_asked_for_and_nowhere_else()
    {
        var plan = TaskPlan.OfShell("cat {{job.dir}}/in {{.Names}}") with { Environment = [new("D", "{{job.dir}}")] };
        var task = new TaskInfo(new TaskId("t"), "t", ResourceSet.Parse("cpus:1"), plan);

        var shared = RequestOf(task with { SharedDirectory = "../job" });
        var alone = RequestOf(task);

        Assert.Equal("cat /shared/%2E.%2Fjob/in {{.Names}}", shared.Plan.Processes[0].Arguments[2]);
        Assert.Equal("/shared/%2E.%2Fjob", shared.Plan.Environment[0].Value);
        Assert.Equal("/shared/%2E.%2Fjob", shared.SharedDirectory);
        Assert.Equal(plan, alone.Plan);
    }

    private static ClusterScheduler.Agent.Execution.LaunchRequest RequestOf(TaskInfo task) => TaskVariables.RequestOf(
        new AgentProtocol.RunTask(new FrameworkId("f"), task, "role", default), new AgentId("agent-1"), Options);
}
