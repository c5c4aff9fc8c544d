using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Tests.Agents;

public sealed class AgentRulesTests
{
    private static readonly AgentInfo Machine = new("host", ResourceSet.Parse("cpus:4"), []);

    [Theory]
    [InlineData("eu-west_1.a", "1", true)]
    [InlineData("eu", "", true)]
    [InlineData("", "1", false)]
    [InlineData("eu west", "", false)]
    [InlineData("eu", "a/b", false)]
    public void A_domain_has_a_region_and_names_of_plain_characters(string region, string zone, bool isRight)
    {
        var broken = AgentRules.Check(Machine with { Domain = new AgentDomain(region, zone) });
        Assert.Equal(isRight, broken is null);
    }

    [Fact]
    public void A_domain_of_endless_names_is_refused() => Assert.Contains(
        $"at most {AgentDomain.NameMax}",
        AgentRules.Check(Machine with { Domain = new AgentDomain(new string('a', AgentDomain.NameMax + 1), "") })!,
        StringComparison.Ordinal);
}
