using System.Diagnostics;
using Akka.Actor;
using Akka.Configuration;

namespace ClusterScheduler.Benchmarks.Engine;

/// <summary>The second process of the remote benchmarks: a node with an echo and a sink.</summary>
internal sealed class RemotePeer : IDisposable
{
    /// <summary>First argument of the process that is only this.</summary>
    internal const string Argument = "remote-peer";

    private const string Settings = """
        akka.loglevel = ERROR
        akka.log-dead-letters = off
        akka.actor.provider = remote
        akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
        """;

    private readonly Process _process;

    private RemotePeer(Process process, Address address)
    {
        _process = process;
        Address = address;
    }

    internal Address Address { get; }

    internal static ActorSystem StartSystem() =>
        ActorSystem.Create("benchmark", ConfigurationFactory.ParseString(Settings));

    /// <summary>Runs until standard input ends.</summary>
    internal static int Run()
    {
        using var system = StartSystem();
        system.ActorOf(Props.Create(() => new EchoActor()), "echo");
        system.ActorOf(Props.Create(() => new SinkActor()), "sink");
        Console.WriteLine(((ExtendedActorSystem)system).Provider.DefaultAddress);
        Console.In.ReadToEnd();
        return 0;
    }

    internal static RemotePeer Start()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(RemotePeer).Assembly.Location);
        start.ArgumentList.Add(Argument);
        var process = Process.Start(start)!;
        var line = process.StandardOutput.ReadLine();
        return new RemotePeer(process, Address.Parse(line ?? ""));
    }

    internal IActorRef Resolve(ActorSystem system, string name) =>
        ((ExtendedActorSystem)system).Provider.ResolveActorRef($"{Address}/user/{name}");

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
            _process.Kill();
        _process.Dispose();
    }

    private sealed class EchoActor : ReceiveActor
    {
        public EchoActor() => ReceiveAny(message => Sender.Tell(message));
    }

    /// <summary>Confirms every <see cref="RemoteTellBenchmark.Window"/> messages.</summary>
    private sealed class SinkActor : ReceiveActor
    {
        private long _received;

        public SinkActor() => ReceiveAny(_ =>
        {
            if (++_received % RemoteTellBenchmark.Window == 0)
                Sender.Tell(_received);
        });
    }
}
