using ClusterScheduler.Cli.Commands;

namespace ClusterScheduler.Cli.Tests.Commands;

/// <summary>What is said of a command line that is wrong.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("say first what of 'csched cluster' is meant: ", "cluster", "--data", "/nowhere")]
    [InlineData("there is no 'membres' here; did you mean 'members'?", "cluster", "membres")]
    [InlineData("there is no '--dat' here; did you mean '--data'?", "cluster", "members", "--dat", "/nowhere")]
    [InlineData("a node that is no member listens nowhere: leave --bind out",
        "node", "--data", "DIR", "--edge", "--seed", "http://127.0.0.1:1", "--bind", "127.0.0.1:4055")]
    [InlineData("(--edge) has no use for --store, --port",
        "node", "--data", "DIR", "--edge", "--seed", "nowhere", "--port", "0", "--store", "sqlite:/x.db")]
    [InlineData("'/' cannot be read: it is a directory", "node", "--data", "DIR", "--secret-file", "/")]
    [InlineData("settings cannot be read from '/': it is a directory", "node", "--data", "DIR", "--config", "/")]
    public void It_ends_with_2_and_says_what_would_be_right(string why, params string[] words)
    {
        var folder = Directory.CreateTempSubdirectory("csched-words-");
        try
        {
            using var errors = new StringWriter();
            var code = CommandLine.Run(
                [.. words.Select(word => word == "DIR" ? folder.FullName : word)], TextWriter.Null, errors);
            Assert.True(
                code == ExitCode.WrongInput && errors.ToString().Contains(why, StringComparison.Ordinal),
                $"{code}: {errors}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_directory_that_cannot_be_made_is_said_to_be_so()
    {
        using var errors = new StringWriter();
        Assert.Equal(
            ExitCode.DirectoryTaken, CommandLine.Run(["node", "--data", "/proc/csched"], TextWriter.Null, errors));
        Assert.Contains(
            "the directory /proc/csched cannot be made there: name another one with --data", errors.ToString(),
            StringComparison.Ordinal);
    }
}
