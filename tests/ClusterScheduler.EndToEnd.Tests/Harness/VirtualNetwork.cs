using System.Diagnostics;
using System.Globalization;

namespace ClusterScheduler.EndToEnd.Tests.Harness;

/// <summary>
/// Hosts on a network of their own: each is a network namespace of this machine, plugged into one bridge. Cables can
/// be pulled and be made slow, and two hosts can be kept from hearing each other. Gone soon after the test process,
/// however that ended.
/// </summary>
internal sealed class VirtualNetwork : IDisposable
{
    public const string NotAllowed = "network namespaces are not allowed here: run as root, with iproute2 installed";

    private const string BridgeAddress = "02:00:00:00:00:fe";

    private static readonly Lazy<bool> Allowed = new(Try);

    private readonly string _name;
    private readonly string _subnet;
    private readonly List<VirtualHost> _hosts = [];
    private readonly Dictionary<VirtualHost, SlowCable> _slow = [];
    private readonly bool _canBeSlow;

    /// <param name="canBeSlow">Its cables are <see cref="SlowCable"/>s: this process carries each frame.</param>
    public VirtualNetwork(bool canBeSlow = false)
    {
        _canBeSlow = canBeSlow;

        // The process id keeps the networks of test processes apart that run at the same time.
        _name = string.Create(CultureInfo.InvariantCulture, $"cs{Environment.ProcessId % 1_000_000}");
        var number = (High: 100 + ((Environment.ProcessId >> 8) % 100), Low: Environment.ProcessId & 255);
        _subnet = string.Create(CultureInfo.InvariantCulture, $"10.{number.High}.{number.Low}");
        CleanUpAfterThisProcess();

        // An address of its own: otherwise it has the lowest of its cables', and another one with each host that comes.
        Ip($"link add {_name} address {BridgeAddress} type bridge");
        Ip($"addr add {Here}/24 dev {_name}");
        Ip($"link set {_name} up");
    }

    public static bool IsAllowed => Allowed.Value;

    /// <summary>This machine's own address on the network.</summary>
    public string Here => _subnet + ".254";

    /// <summary>One more host.</summary>
    public VirtualHost Add()
    {
        var number = _hosts.Count + 1;
        var host = new VirtualHost(
            $"{_name}-{number}", string.Create(CultureInfo.InvariantCulture, $"{_subnet}.{number}"));
        _hosts.Add(host);
        var cable = Cable(host);
        Ip($"netns add {host.Name}");
        if (_canBeSlow)
        {
            var end = cable + "e";
            _slow[host] = new SlowCable(cable, end);
            Ip($"link set {end} netns {host.Name}");
            Ip($"-n {host.Name} link set {end} name eth0");
        }
        else
        {
            Ip($"link add {cable} type veth peer name eth0 netns {host.Name}");
        }

        Ip($"link set {cable} master {_name} up");
        Ip($"-n {host.Name} addr add {host.Address}/24 dev eth0");
        Ip($"-n {host.Name} link set eth0 up");
        Ip($"-n {host.Name} link set lo up");
        return host;
    }

    /// <summary>
    /// Pulls the host's cable: nobody hears of it, nor it of anybody, this machine's database included.
    /// </summary>
    public void Unplug(VirtualHost host) => Ip($"link set {Cable(host)} down");

    public void Plug(VirtualHost host) => Ip($"link set {Cable(host)} up");

    /// <summary>How long each frame to and from the host takes from now on, in each direction.</summary>
    public void Delay(VirtualHost host, TimeSpan delay) => _slow[host].Delay = delay;

    /// <summary>The two hosts do not hear each other any more; everybody else hears both.</summary>
    public static void Part(VirtualHost one, VirtualHost other)
    {
        Ip($"-n {one.Name} route add blackhole {other.Address}/32");
        Ip($"-n {other.Name} route add blackhole {one.Address}/32");
    }

    public static void Reunite(VirtualHost one, VirtualHost other)
    {
        Ip($"-n {one.Name} route del blackhole {other.Address}/32");
        Ip($"-n {other.Name} route del blackhole {one.Address}/32");
    }

    public void Dispose()
    {
        foreach (var host in _hosts)
        {
            Ip($"netns del {host.Name}");
            if (_slow.ContainsKey(host))
            {
                Ip($"link del {Cable(host)}");
            }
        }

        Ip($"link del {_name}");
    }

    private string Cable(VirtualHost host) => string.Create(
        CultureInfo.InvariantCulture, $"{_name}v{_hosts.IndexOf(host) + 1}");

    private static bool Try()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return false;
        }

        try
        {
            using var network = new VirtualNetwork();
            network.Add();
            return true;
        }
        catch (Exception refused) when (refused is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static void Ip(string words)
    {
        using var process = Process.Start(new ProcessStartInfo("ip", words) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"ip {words}: {errors}");
        }
    }

    private void CleanUpAfterThisProcess()
    {
        var clean = $"ip link del {_name}; for n in $(ip netns list | cut -d' ' -f1); "
            + $"do case $n in {_name}-*) ip netns del $n;; esac; done";
        var watch = $"while kill -0 {Environment.ProcessId}; do sleep 1; done; {clean}";
        const string alone = "exec >/dev/null 2>&1 </dev/null; setsid sh -c \"$0\" &";
        var start = new ProcessStartInfo("/bin/sh", ["-c", alone, watch])
        {
            WorkingDirectory = "/",
        };
        using var watcher = Process.Start(start)!;
        watcher.WaitForExit();
    }
}

/// <summary>One host of a <see cref="VirtualNetwork"/>.</summary>
internal sealed record VirtualHost(string Name, string Address)
{
    /// <summary>A command as it is run on the host.</summary>
    public string[] Command(params string[] words) => ["ip", "netns", "exec", Name, .. words];
}
