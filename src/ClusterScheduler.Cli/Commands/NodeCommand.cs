using System.CommandLine;
using ClusterScheduler.Cli.Nodes;
using ClusterScheduler.Cli.Nodes.Cluster;
using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Cli.Commands;

/// <summary>csched node</summary>
internal sealed class NodeCommand
{
    private readonly Dictionary<Option<string?>, string> _settings = [];
    private readonly HashSet<Option<string?>> _membersOnly = [];
    private readonly Option<string?> _data = CommonOptions.Data();
    private readonly Option<string?> _config = CommonOptions.Config();
    private readonly Option<string[]> _seeds = new("--seed")
    {
        Description = "A node to join through; say several, so that any of them may be down. Without, a master "
            + "begins a cluster",
        HelpName = "ADDRESS",
    };

    private readonly Option<bool> _insecure = new("--insecure")
    {
        Description = "Let other machines connect without a shared secret or TLS",
    };

    private readonly Option<bool> _edge = new("--edge")
    {
        Description = "Be no member: the agent opens one connection to a node with --edge-listen, across NAT",
    };

    private readonly Option<string?> _profile = new("--profile")
    {
        Description = $"Settings of the program: {string.Join(", ", ProfileFiles.Profiles)}",
        HelpName = "NAME",
    };

    private NodeCommand()
    {
        _data.Description =
            "State, logs and token of the node [default: CSCHED_DATA, or ~/.local/state/csched/node]";
        _profile.AcceptOnlyFromAmong([.. ProfileFiles.Profiles]);
    }

    public static Command Build() => new NodeCommand().Make();

    private Command Make()
    {
        var command = new Command(
            "node", "Run one node of a cluster, until it is told to stop (SIGTERM, Ctrl-C); running tasks go on")
        {
            Option("--roles", "ROLES", "What it is for: master, framework, agent, gateway, with commas [default: all]",
                "node.roles"),
            Option("--bind", "HOST:PORT", "Where it listens for other nodes [default: from where the first seed is "
                + "reached, else 127.0.0.1; port 4053]", "node.bind"),
            _seeds,
            MembersOption("--store", "URL", "sqlite:PATH or postgresql://USER:PASSWORD@HOST/DATABASE, the same on all "
                + "nodes of the roles master and framework [default: SQLite in the data directory]", "store.url"),
            _data,
            _config,
            _profile,
            MembersOption("--public-address", "HOST", "The host under which others reach it", "node.public-address"),
            Option("--secret-file", "FILE", "A file with the secret that all nodes share",
                "cluster.shared-secret-file"),
            _insecure,
            MembersOption("--edge-listen", "HOST:PORT", "Where it takes agents that are no members (csched node "
                + "--edge)", "edge.listen"),
            _edge,
            Option("--name", "NAME", "The cluster's name [default: csched]", "cluster.name"),
            MembersOption("--port", "P", "Port of its HTTP gateway on 127.0.0.1; 0 takes any free one [default: 5050]",
                "gateway.port"),
            MembersOption("--gateway-listen", "IP:PORT", "Where its gateway serves csched's commands on other "
                + "machines; needs TLS (gateway.certificate-file)", "gateway.listen"),
            Option("--hostname", "HOST", "How users know its agent's machine [default: the machine's name]",
                "node.hostname"),
            Option("--attributes", "A=B;C=D", "Facts about its agent, for constraints", "node.attributes"),
            Option("--region", "NAME", "Where its agent's machine stands: away from the master's region "
                + "(master.allocator.region) it is for REGION_AWARE frameworks only", "node.region"),
            Option("--zone", "NAME", "The part of that region that fails on its own; needs --region", "node.zone"),
            Option("--resources", "R:N;R:N", "What its agent offers; what is not named is detected",
                "node.resources"),
        };
        command.SetAction(parsed =>
        {
            SayWhatIsInVain(parsed);
            return NodeSession.Run(
                DataDirectory.Resolve(parsed.GetValue(_data), "node"),
                parsed.GetValue(_profile),
                NodeSources.Of(parsed.GetValue(_config), Said(parsed)),
                parsed.InvocationConfiguration.Output);
        });
        return command
            .WithExamples(
                ("csched node --store sqlite:/tmp/c/store.db --data /tmp/c/1",
                    "a cluster of one node, on 127.0.0.1:4053"),
                ("csched node --config production.conf --roles master,framework,gateway --bind 10.0.0.1:4053 "
                    + "--seed akka.tcp://csched@10.0.0.1:4053",
                    "the first of several master nodes; docs/how-to/run-a-cluster.md has the whole"),
                ("csched node --roles agent --secret-file /etc/csched/secret "
                    + "--seed akka.tcp://csched@10.0.0.1:4053 --attributes rack=r7 "
                    + "--resources 'cpus:8;mem:16GiB;ports:[31000-32000]'",
                    "an agent; what is not said of its resources is detected"),
                ("csched node --edge --seed https://gw.example.org:4054 --secret-file /etc/csched/secret",
                    "an agent behind NAT; the node there was started with --edge-listen 0.0.0.0:4054"))
            .WithNotes("Exit codes", ExitCode.OfNode.Select(code => $"{code.Code,3}  {code.Meaning}"));
    }

    private Option<string?> Option(string name, string form, string description, string path)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = form };
        _settings.Add(option, $"cluster-scheduler.{path}");
        return option;
    }

    /// <summary>One that says nothing of an agent that is no member.</summary>
    private Option<string?> MembersOption(string name, string form, string description, string path)
    {
        var option = Option(name, form, description, path);
        _membersOnly.Add(option);
        return option;
    }

    /// <summary>One command line may be that of all nodes: what does nothing is said, and no error.</summary>
    private void SayWhatIsInVain(ParseResult parsed)
    {
        var vain = _membersOnly.Where(option => parsed.GetValue(option) is not null).Select(static each => each.Name);
        if (parsed.GetValue(_edge) && string.Join(", ", vain) is { Length: > 0 } names)
        {
            parsed.InvocationConfiguration.Error.WriteLine(
                $"csched: an agent that is no member (--edge) has no use for {names}");
        }
    }

    private IEnumerable<CommandLineSetting> Said(ParseResult parsed)
    {
        foreach (var (option, path) in _settings)
        {
            if (parsed.GetValue(option) is { } value)
            {
                yield return new CommandLineSetting(option.Name, path, value);
            }
        }

        if (parsed.GetValue(_seeds) is { Length: > 0 } seeds)
        {
            if (seeds.Any(string.IsNullOrWhiteSpace))
            {
                throw new UserException(
                    "--seed is empty (a variable of the shell that is not set?): write --seed "
                    + "akka.tcp://csched@HOST:PORT, or leave --seed out to begin a cluster",
                    ExitCode.WrongInput);
            }

            yield return new CommandLineSetting("--seed", "cluster-scheduler.cluster.seeds", string.Join(',', seeds));
        }

        if (parsed.GetValue(_edge))
        {
            yield return new CommandLineSetting("--edge", "cluster-scheduler.node.edge", "true");
        }

        if (parsed.GetValue(_insecure))
        {
            yield return new CommandLineSetting("--insecure", "cluster-scheduler.node.insecure", "true");
        }
    }
}
