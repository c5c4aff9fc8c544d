using System.Diagnostics;

namespace ClusterScheduler.EndToEnd.Tests.Harness;

/// <summary>The harness itself: what is cut is cut, and what is mended works again.</summary>
[Collection("clusters")]
public sealed class VirtualNetworkTests
{
    private const string Port = "4242";

    [NetworkFact]
    public void Hosts_hear_each_other_unless_they_are_parted_or_unplugged()
    {
        using var network = new VirtualNetwork();
        var (one, other) = (network.Add(), network.Add());
        using var listener = Listen(other);
        Poll.Until(() => Reaches(one, other), "the hosts to hear each other");

        VirtualNetwork.Part(one, other);
        Assert.False(Reaches(one, other));
        VirtualNetwork.Reunite(one, other);
        Assert.True(Reaches(one, other));

        network.Unplug(other);
        Assert.False(Reaches(one, other));
        network.Plug(other);
        Poll.Until(() => Reaches(one, other), "the host to be back");
        listener.Kill();
    }

    [NetworkFact]
    public void A_slow_cable_delays_what_goes_over_it_and_loses_nothing()
    {
        var delay = TimeSpan.FromMilliseconds(60);
        using var network = new VirtualNetwork(canBeSlow: true);
        var (one, other) = (network.Add(), network.Add());
        using var listener = Listen(other);
        Poll.Until(() => Reaches(one, other), "the hosts to hear each other");

        network.Delay(other, delay);
        var connected = Stopwatch.StartNew();
        Assert.True(Reaches(one, other));
        Assert.True(connected.Elapsed >= delay * 2, $"there and back in {connected.Elapsed}");
        network.Unplug(other);
        Assert.False(Reaches(one, other));
        network.Plug(other);
        Poll.Until(() => Reaches(one, other), "the host to be back");
        listener.Kill();
    }

    private static Process Listen(VirtualHost host) => Run(
        host, "use IO::Socket::INET; my $l = IO::Socket::INET->new(LocalPort => " + Port
        + ", Listen => 9, ReuseAddr => 1) or die; while (my $c = $l->accept) { close $c }");

    private static bool Reaches(VirtualHost from, VirtualHost to)
    {
        using var process = Run(
            from,
            $"use IO::Socket::INET; exit !IO::Socket::INET->new(PeerAddr => '{to.Address}:{Port}', Timeout => 1)");
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static Process Run(VirtualHost host, string program)
    {
        var words = host.Command("perl", "-e", program);
        return Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardError = true })!;
    }
}
