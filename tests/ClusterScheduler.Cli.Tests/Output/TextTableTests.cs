using ClusterScheduler.Cli.Output;

namespace ClusterScheduler.Cli.Tests.Output;

public sealed class TextTableTests
{
    private const string Address = "akka.tcp://csched@127.0.0.1:4151";

    [Fact]
    public void In_a_pipe_nothing_is_cut() => Assert.Equal(
        ["ADDRESS                           UP   ROLES", $"{Address}  yes  agent,master"],
        Lines(0, Table()));

    [Fact]
    public void In_a_narrow_terminal_the_widest_gives_way_and_keeps_both_ends() => Assert.Equal(
        ["ADDRESS                  UP   ROLES", "akka.tcp://….0.0.1:4151  yes  agent,master"],
        Lines(42, Table()));

    [Fact]
    public void The_last_column_keeps_its_beginning()
    {
        var table = new TextTable("JOB", "WHY");
        table.Add("default/devel/a", "no agent has 4 cpus, the nearest has 2");
        Assert.Equal(
            ["JOB              WHY", "default/devel/a  no agent has 4 cp…"], Lines(35, table));
    }

    [Fact]
    public void A_terminal_for_which_nothing_will_do_cuts_the_line() =>
        Assert.All(Lines(10, Table()), line => Assert.True(line.Length == 10, line));

    private static TextTable Table()
    {
        var table = new TextTable("ADDRESS", "UP", "ROLES");
        table.Add(Address, "yes", "agent,master");
        return table;
    }

    private static string[] Lines(int columnsMax, TextTable table)
    {
        using var output = new StringWriter();
        table.Write(output, columnsMax);
        return output.ToString().TrimEnd('\n').Split('\n');
    }
}
