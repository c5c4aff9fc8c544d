using Akka.Configuration;
using ClusterScheduler.Runtime.Members;

namespace ClusterScheduler.Runtime.Tests.Members;

/// <summary>When TLS keeps strangers out, and when it only keeps others from reading.</summary>
public sealed class PeerProofTests
{
    private const string Since = "1.5.52";

    [Theory]
    [InlineData("", "1.5.73", "it has no TLS (akka.remote.dot-netty.tcp.enable-ssl)")]
    [InlineData("enable-ssl = on", "1.5.73", null)]
    [InlineData("enable-ssl = on", "1.5.52", null)]
    [InlineData("enable-ssl = on", "1.5.51", "its Akka.NET is 1.5.51, and those before 1.5.52 ask")]
    [InlineData("enable-ssl = on, ssl.suppress-validation = true", "1.5.73", "takes anyone's certificate")]
    [InlineData("enable-ssl = on, ssl.require-mutual-authentication = false", "1.5.73", "for no certificate")]
    public void Both_ends_must_show_a_certificate_that_is_looked_at(string tcp, string engine, string? why)
    {
        var found = PeerProof.WhyNone(
            ConfigurationFactory.ParseString($"akka.remote.dot-netty.tcp {{ {tcp} }}"), Since,
            Version.Parse(engine + ".0"));
        if (why is null)
        {
            Assert.Null(found);
        }
        else
        {
            Assert.Contains(why, found, StringComparison.Ordinal);
        }
    }

    /// <summary>A version of its own says nothing of the embedded engine.</summary>
    [Fact]
    public void Where_each_version_asks_for_certificates_none_is_too_old() => Assert.Null(PeerProof.WhyNone(
        ConfigurationFactory.ParseString("akka.remote.dot-netty.tcp.enable-ssl = on"), "", new Version(0, 1, 0)));
}
