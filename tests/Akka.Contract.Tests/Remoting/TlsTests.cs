using Akka.Actor;
using Akka.Configuration;

namespace Akka.Contract.Tests.Remoting;

/// <summary>Encrypted connections, set up as Akka.NET's documentation says.</summary>
public sealed class TlsTests : IDisposable
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(20);

    private readonly Certificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [Fact]
    public async Task Nodes_talk_over_TLS_when_it_is_on()
    {
        var settings = ConfigurationFactory.ParseString($$"""
            akka.loglevel = OFF
            akka.stdout-loglevel = OFF
            akka.actor.provider = remote
            akka.remote.dot-netty.tcp {
              hostname = "127.0.0.1"
              port = 0
              enable-ssl = on
              ssl {
                suppress-validation = on
                certificate { path = "{{_certificates.Node("node")}}", password = "{{Certificates.Password}}" }
              }
            }
            """);
        var one = ActorSystem.Create("one", settings);
        var other = ActorSystem.Create("other", settings);
        try
        {
            other.ActorOf(Props.Create(() => new Echo()), "echo");
            var address = ((ExtendedActorSystem)other).Provider.DefaultAddress;
            Assert.Equal("akka.ssl.tcp", address.Protocol);
            Assert.Equal("hello", await one.ActorSelection($"{address}/user/echo").Ask<string>("hello", s_long));
        }
        finally
        {
            await Task.WhenAll(one.Terminate(), other.Terminate());
        }
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message));
    }
}
