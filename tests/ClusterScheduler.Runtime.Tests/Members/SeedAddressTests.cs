using Akka.Actor;
using ClusterScheduler.Runtime.Commands;

namespace ClusterScheduler.Runtime.Tests.Members;

/// <summary>A node is called by whichever of its names the user has at hand.</summary>
public sealed class SeedAddressTests
{
    [Theory]
    [InlineData("akka.ssl.tcp", "10.0.0.2:4053", true)]
    [InlineData("akka.ssl.tcp", "akka.ssl.tcp://csched@10.0.0.2:4053", true)]
    [InlineData("akka.ssl.tcp", "akka.tcp://csched@10.0.0.2:4053", true)]
    [InlineData("akka.tcp", "akka.tcp://csched@10.0.0.2:4053", true)]
    [InlineData("akka.tcp", "akka.tcp://csched@10.0.0.2:4054", false)]
    [InlineData("akka.tcp", "akka.tcp://other@10.0.0.2:4053", false)]
    [InlineData("akka.tcp", "nonsense", false)]
    public void A_command_finds_a_member_by_address_or_as_seeds_are_written(string protocol, string said, bool found) =>
        Assert.Equal(found, ClusterCatalogue.IsCalled(new Address(protocol, "csched", "10.0.0.2", 4053), said));
}
