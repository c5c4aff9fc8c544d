using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Jobs.Templates;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Tests.Jobs;

public class TemplateTests
{
    [Theory]
    [InlineData("{{instance}} on {{hostname}}:{{ports.http}} in {{job.dir}}", "7 on h:31000 in /d")]
    [InlineData("{{ instance }}{{instance}}", "77")]
    [InlineData("ps --format '{{.Names}}' {{}} }} {{ a b }}", "ps --format '{{.Names}}' {{}} }} {{ a b }}")]
    [InlineData("{{{{instance}} is {{instance}}", "{{instance}} is 7")]
    [InlineData("{{unknown}}", "{{unknown}}")]
    [InlineData("{{instance", "{{instance")]
    public void Places_are_filled_in_two_steps(string text, string expected)
    {
        var launched = PlanTemplates.FillLaunch(TaskPlan.OfShell(text), 7, "h", [new NamedPort("http", 31_000)]);
        var run = PlanTemplates.FillDirectory(launched, "/d");
        Assert.Equal(expected, run.Processes[0].Arguments[2]);
    }

    [Fact]
    public void A_value_with_braces_is_not_filled_again() =>
        Assert.Equal("{{instance}}", Template.ReplaceLast(
            Template.ReplaceOnly("{{hostname}}", Template.Hostname, "{{instance}}"), Template.JobDirectory, "/d"));

    [Fact]
    public void Uses_are_found_in_the_order_of_the_text() =>
        Assert.Equal(["b", "a", "b"], Template.Uses("{{b}} {{a}} {{{{c}} {{b}}").ToArray());
}
