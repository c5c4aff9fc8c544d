using ClusterScheduler.Cli.Output;

namespace ClusterScheduler.Cli.Tests.Output;

public sealed class FoldedTests
{
    [Fact]
    public void A_command_line_goes_on_as_a_shell_reads_it() => Assert.Equal(
        "  csched node \\\n      --roles agent \\\n      --a-very-long-option-that-fits-nowhere\n",
        Write(22, " \\", "csched node --roles agent --a-very-long-option-that-fits-nowhere"));

    [Fact]
    public void In_a_pipe_nothing_is_broken() =>
        Assert.Equal("  one two three\n", Write(0, " \\", "one two three"));

    private static string Write(int columnsMax, string joint, string text)
    {
        using var output = new StringWriter();
        Folded.Write(output, "  ", "      ", text, joint, columnsMax);
        return output.ToString();
    }
}
