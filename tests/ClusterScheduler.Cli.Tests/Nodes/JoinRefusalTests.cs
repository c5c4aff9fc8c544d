using Akka.Actor;
using ClusterScheduler.Cli.Commands;
using ClusterScheduler.Cli.Nodes.Cluster;

namespace ClusterScheduler.Cli.Tests.Nodes;

/// <summary>Each kind of refusal that a seed may give has an exit code and a way out.</summary>
public sealed class JoinRefusalTests
{
    [Theory]
    [InlineData("WrongSecret", ExitCode.WrongSecret, "--secret-file")]
    [InlineData("OtherCluster", ExitCode.OtherCluster, "--name")]
    [InlineData("OtherAddress", ExitCode.SeedsSilent, "--public-address")]
    [InlineData("OtherTransport", ExitCode.WrongInput, "enable-ssl")]
    [InlineData("OtherProtocol", ExitCode.OtherProtocol, "the same version of csched")]
    [InlineData("ClockOff", ExitCode.ClockOff, "NTP")]
    [InlineData("OtherStore", ExitCode.OtherClustersStore, "--store")]
    [InlineData("AddressTaken", ExitCode.AddressTaken, "--bind")]
    [InlineData("IncompatibleSettings", ExitCode.WrongInput, "cluster.leader-lease")]
    [InlineData("IncompatibleSettings", ExitCode.WrongInput, "cluster.shards")]
    public void Each_kind_has_its_code_and_says_what_would_be_right(string kind, int code, string remedy)
    {
        var refused = JoinRefusal.Find($"The node was not let in. {kind}: that is so.")?.AsException();
        Assert.Equal(code, refused?.ExitCode);
        Assert.StartsWith("this node was not let in: that is so.\n", refused?.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, refused?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_of_the_engine_are_called_as_the_products() => Assert.Equal(
        "the shared secret (cluster.shared-secret) differs",
        JoinRefusal.Find("WrongSecret: the shared secret (akka.remote.embedded.shared-secret) differs.")?.Text);

    [Theory]
    [InlineData("WrongSecret: The other end refuses: it differs.", "akka.tcp://c@a:1 refuses: it differs")]
    [InlineData("OtherStore: its store is of another.", "its store is of another. So says akka.tcp://c@a:1")]
    public void Who_says_so_is_named(string said, string text) =>
        Assert.Equal(text, JoinRefusal.Find($"{said} So says akka.tcp://c@a:1.")?.Text);

    [Fact]
    public void So_are_they_where_the_seeds_troubles_are_listed()
    {
        var troubles = new JoinTroubles();
        troubles.Note(Address.Parse("akka.tcp://csched@a:1"), "(akka.remote.embedded.shared-secret) is wrong");
        Assert.Equal(["akka.tcp://csched@a:1: (cluster.shared-secret) is wrong"], troubles.Lines);
    }

    [Fact]
    public void What_is_of_no_known_kind_is_none() => Assert.Null(JoinRefusal.Find("the sky is blue"));
}
