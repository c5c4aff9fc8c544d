using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Lists;
using Akka.Cluster.Stores;
using Akka.Util;

namespace Akka.Embedded.Tests.Clustering;

/// <summary>Lines of the member list in a database outlive the program that wrote them: their bytes stay.</summary>
public sealed class StoredEntryTests
{
    /// <summary>Before the version there, as four bytes of its length and its text, all lines are alike.</summary>
    private const string UpToVersion =
        "01" // layout
        + "16000000" + "616B6B612E7463703A2F2F73797340686F73743A3432" // akka.tcp://sys@host:42
        + "07000000" // uid
        + "01" + "03" // up; reachable, may lead
        + "05000000" // fifth to come up
        + "0C000000" + "6167656E742C6D6173746572"; // agent,master

    [Theory]
    [InlineData("0.0.0", "05000000302E302E30")]
    [InlineData("1.2.3-RC1", "09000000312E322E332D524331")]
    public void A_line_is_these_bytes(string version, string bytes)
    {
        var entry = Entry(AppVersion.Create(version));
        Assert.Equal(UpToVersion + bytes, Convert.ToHexString(EntryBytes.Write(entry)));
        var read = EntryBytes.Read(Convert.FromHexString(UpToVersion + bytes));
        Assert.Equal(entry, read);
        Assert.Equal(version, read.Member.AppVersion.Version);
        Assert.Equal(["agent", "master"], read.Member.Roles.Order());
    }

    [Theory]
    [InlineData("07000000312E322E332E34")] // 1.2.3.4
    [InlineData("00000000")]
    public void A_version_that_cannot_be_read_keeps_nobody_out(string bytes)
    {
        var read = EntryBytes.Read(Convert.FromHexString(UpToVersion + bytes));
        Assert.Equal(AppVersion.Zero, read.Member.AppVersion);
    }

    private static MemberEntry Entry(AppVersion version) => new(
        new Member(
            new UniqueAddress(new Address("akka.tcp", "sys", "host", 42), 7), 5, MemberStatus.Up,
            ImmutableHashSet.Create("master", "agent"), version),
        IsReachable: true, MayLead: true);
}
