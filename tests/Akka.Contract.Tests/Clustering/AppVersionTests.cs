using System.Reflection;
using Akka.Util;

namespace Akka.Contract.Tests.Clustering;

/// <summary>Versions of what runs on a node: how they are read, and which is the newer.</summary>
public sealed class AppVersionTests
{
    [Fact]
    public void A_node_shows_the_version_of_the_assembly_that_its_process_was_started_with()
    {
        using var node = new Node();
        var program = Assembly.GetEntryAssembly()!.GetName().Version!;
        Assert.Equal(program.ToString(3), node.Cluster.Settings.AppVersion.Version);
        Assert.Equal(program.ToString(3), node.Cluster.SelfMember.AppVersion.Version);
        Assert.Equal(AppVersion.Create("assembly-version"), node.Cluster.Settings.AppVersion);
    }

    [Fact]
    public void It_shows_the_version_that_its_settings_say()
    {
        using var node = new Node("akka.cluster.app-version = \"2.1\"");
        Assert.Equal("2.1", node.Cluster.SelfMember.AppVersion.ToString());
    }

    [Theory]
    [InlineData("1", "2")]
    [InlineData("9", "10")]
    [InlineData("1.9", "1.10")]
    [InlineData("1.2.3", "1.2.4")]
    [InlineData("1.2.9", "1.3")]
    [InlineData("1.2-RC1", "1.2")]
    [InlineData("1.2.3-RC1", "1.2.3-RC2")]
    [InlineData("1.2.3-RC1", "1.2.3")]
    [InlineData("1.0.0", "1.0.0+3-73475dce26")]
    [InlineData("1.0.0+3-73475dce26", "1.0.0+10-ed316bd024")]
    [InlineData("1.0.0+3-73475dce26", "1.0.10+10-ed316bd024")]
    [InlineData("alpha", "beta")]
    [InlineData("alpha", "1")]
    public void The_newer_is_the_greater(string older, string newer)
    {
        Assert.True(AppVersion.Create(older).CompareTo(AppVersion.Create(newer)) < 0);
        Assert.True(AppVersion.Create(newer).CompareTo(AppVersion.Create(older)) > 0);
    }

    [Fact]
    public void Two_of_the_same_text_are_the_same()
    {
        Assert.Equal(AppVersion.Create("1.2.3-RC1"), AppVersion.Create("1.2.3-RC1"));
        Assert.Equal(0, AppVersion.Create("1.2.3-RC1").CompareTo(AppVersion.Create("1.2.3-RC1")));
        Assert.NotEqual(AppVersion.Create("1.2"), AppVersion.Create("1.2.0"));
        Assert.Equal("0.0.0", AppVersion.Zero.Version);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.2.3.4")]
    [InlineData("1.x")]
    public void What_is_no_version_is_refused(string text) =>
        Assert.ThrowsAny<Exception>(() => AppVersion.Create(text));
}
