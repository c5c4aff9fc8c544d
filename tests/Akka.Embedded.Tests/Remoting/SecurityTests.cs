using Akka.Actor;
using Akka.Configuration;
using Akka.Contract.Tests.Remoting;

namespace Akka.Embedded.Tests.Remoting;

/// <summary>Who is let in: by certificate, by secret, by saying that anybody may.</summary>
public sealed class SecurityTests : Akka.TestKit.Xunit2.TestKit
{
    private const string Settings = """
        akka.loglevel = WARNING
        akka.stdout-loglevel = OFF
        akka.actor.provider = remote
        akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0, connection-timeout = 500ms }
        akka.remote.retry-gate-closed-for = 50ms
        """;

    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(20);

    private readonly Certificates _ours = new();
    private readonly Certificates _theirs = new();
    private readonly List<ActorSystem> _systems = [];

    [Fact]
    public async Task Certificates_of_one_authority_trust_each_other() =>
        await AssertTalk(Node(Tls(_ours.Node("one"))), Node(Tls(_ours.Node("two"))));

    [Fact]
    public async Task A_certificate_that_issued_itself_trusts_itself()
    {
        var shared = _ours.SelfSigned("cluster");
        await AssertTalk(Node(Tls(shared)), Node(Tls(shared)));
    }

    [Fact]
    public Task A_certificate_of_another_authority_is_not_let_in() =>
        AssertNoTalk(Node(Tls(_theirs.Node("stranger"))), Node(Tls(_ours.Node("one"))), "TLS could not be agreed on");

    [Fact]
    public Task Another_certificate_that_issued_itself_is_not_let_in() => AssertNoTalk(
        Node(Tls(_theirs.SelfSigned("stranger"))), Node(Tls(_ours.SelfSigned("one"))), "TLS could not be agreed on");

    [Fact]
    public Task One_who_trusts_anybody_must_show_a_certificate_all_the_same() => AssertNoTalk(
        Node(Tls(_theirs.Node("stranger"), "suppress-validation = on")), Node(Tls(_ours.Node("one"))),
        "TLS could not be agreed on");

    [Fact]
    public Task A_node_without_TLS_is_not_let_in() =>
        AssertNoTalk(Node(""), Node(Tls(_ours.Node("one"))), "TLS could not be agreed on");

    [Fact]
    public Task A_node_with_TLS_is_told_where_there_is_none() =>
        AssertNoTalk(Node(Tls(_ours.Node("one"))), Node(""), "The other end speaks TLS, this one does not");

    [Fact]
    public Task A_host_name_that_the_certificate_does_not_have_is_refused_if_asked_to() => AssertNoTalk(
        Node(Tls(_ours.Node("one"), "validate-certificate-hostname = on")), Node(Tls(_ours.Node("two"))), null);

    [Fact]
    public void Wrong_settings_of_TLS_are_named()
    {
        var known = _ours.Node("one");
        AssertRefused("ssl.certificate.path names no file", "akka.remote.dot-netty.tcp.enable-ssl = on");
        AssertRefused("'/nowhere.pfx' cannot be used", Tls("/nowhere.pfx"));
        var wrongPassword = Tls(known).Replace(Certificates.Password, "wrong", StringComparison.Ordinal);
        AssertRefused($"'{known}' cannot be used", wrongPassword);
        AssertRefused("has expired", Tls(_ours.Node("old", daysValid: 0)));
        AssertRefused(
            "flags has 'nonsense'", Tls(known, "certificate.flags = [nonsense]"));
    }

    [Fact]
    public void Other_machines_need_a_secret_or_a_certificate_or_that_it_is_said_that_they_do_not()
    {
        const string open = "akka.remote.dot-netty.tcp { hostname = \"0.0.0.0\", public-hostname = \"127.0.0.1\" }\n";
        AssertRefused("anybody could make it do anything", open);
        Node(open + "akka.remote.embedded.shared-secret = secret");
        Node(open + "akka.remote.embedded.insecure = on");
        Node(open + Tls(_ours.Node("one")));
        AssertRefused("asks nobody for a certificate", open + Tls(_ours.Node("two"), "suppress-validation = on"));
        AssertRefused(
            "asks nobody for a certificate", open + Tls(_ours.Node("three"), "require-mutual-authentication = off"));
    }

    protected override void AfterAll()
    {
        _systems.ForEach(system => Shutdown(system));
        _ours.Dispose();
        _theirs.Dispose();
        base.AfterAll();
    }

    private static string Tls(string file, string more = "") => $$"""
        akka.remote.dot-netty.tcp {
          enable-ssl = on
          ssl.certificate { path = "{{file}}", password = "{{Certificates.Password}}" }
          ssl { {{more}} }
        }

        """;

    private static Address AddressOf(ActorSystem system) => ((ExtendedActorSystem)system).Provider.DefaultAddress;

    private static Task<string> Ask(ActorSystem from, ActorSystem to, TimeSpan patience) =>
        from.ActorSelection($"{AddressOf(to)}/user/echo").Ask<string>("hello", patience);

    private static async Task AssertTalk(ActorSystem one, ActorSystem other)
    {
        Assert.Equal("hello", await Ask(one, other, s_long));
        Assert.Equal("hello", await Ask(other, one, s_long));
    }

    /// <summary>The one who was called says once what is wrong, however often the other one calls.</summary>
    private async Task AssertNoTalk(ActorSystem stranger, ActorSystem node, string? warning)
    {
        using var muted = new MutedLog(this, stranger);
        if (warning is null)
        {
            await Assert.ThrowsAsync<AskTimeoutException>(() => Ask(stranger, node, TimeSpan.FromSeconds(1)));
            return;
        }

        await CreateEventFilter(node).Warning(contains: warning).ExpectAsync(1, async () =>
            await Assert.ThrowsAsync<AskTimeoutException>(() => Ask(stranger, node, TimeSpan.FromSeconds(1))));
        Assert.Equal("hello", await Ask(node, node, s_long));
    }

    private void AssertRefused(string expected, string settings)
    {
        var refusal = Assert.Throws<ConfigurationException>(() => Node(settings));
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    private ActorSystem Node(string settings)
    {
        var system = ActorSystem.Create(
            $"node{_systems.Count}", ConfigurationFactory.ParseString(settings)
                .WithFallback(ConfigurationFactory.ParseString(Settings)).WithFallback(DefaultConfig));
        _systems.Add(system);
        system.ActorOf(Props.Create(() => new Echo()), "echo");
        return system;
    }

    /// <summary>What the stranger has to say about it is not looked at.</summary>
    private sealed class MutedLog : IDisposable
    {
        private readonly Akka.TestKit.IUnmutableFilter _filter;

        internal MutedLog(Akka.TestKit.TestKitBase kit, ActorSystem system) =>
            _filter = kit.CreateEventFilter(system).Warning().Mute();

        public void Dispose() => _filter.Unmute();
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message));
    }
}
