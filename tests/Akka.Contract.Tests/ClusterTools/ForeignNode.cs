using System.Diagnostics;
using System.Globalization;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.Contract.Tests.ClusterTools;

/// <summary>A node in a process of its own, which can be killed and frozen as no actor system can.</summary>
internal sealed class ForeignNode : IDisposable
{
    internal const string Command = "run-node";

    private const string Up = "up ";

    private readonly Process _process;

    private ForeignNode(Process process, Address address) => (_process, Address) = (process, address);

    internal Address Address { get; }

    /// <summary>Starts it; it is a member, and hosts what a <see cref="Host"/> does, when this returns.</summary>
    /// <param name="file">Its settings.</param>
    /// <param name="seed">Whom it joins; null: it begins the cluster.</param>
    internal static async Task<ForeignNode> Start(string file, Address? seed)
    {
        var process = Process.Start(new ProcessStartInfo(
            "dotnet", ["exec", typeof(ForeignNode).Assembly.Location, Command, file, $"{seed}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(Nodes.Patience) is { } line)
        {
            if (line.StartsWith(Up, StringComparison.Ordinal))
                return new ForeignNode(process, Address.Parse(line[Up.Length..]));
        }

        throw new InvalidOperationException("The other process ended before its node was up.");
    }

    /// <summary>What the other process does, until its standard input ends.</summary>
    internal static async Task Run(string file, string seed)
    {
        var settings = ConfigurationFactory.ParseString(await File.ReadAllTextAsync(file)).WithFallback(Nodes.Defaults);
        using var system = ActorSystem.Create(
            seed.Length > 0 ? Address.Parse(seed).System : Nodes.Name, settings);
        var cluster = Cluster.Cluster.Get(system);
        await cluster.JoinAsync(seed.Length > 0 ? Address.Parse(seed) : cluster.SelfAddress);
        _ = Host.Start(system);
        Console.WriteLine(Up + cluster.SelfAddress);
        await Console.In.ReadToEndAsync();
    }

    internal void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    internal void Freeze() => Signal("STOP");

    internal void Thaw() => Signal("CONT");

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private void Signal(string name)
    {
        using var kill = Process.Start(
            "kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
