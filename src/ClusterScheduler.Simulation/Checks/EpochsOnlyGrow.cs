using System.Globalization;
using ClusterScheduler.Agent.Execution;
using ClusterScheduler.Simulation.Agents;
using ClusterScheduler.Simulation.Workloads;
using ClusterScheduler.Simulation.Worlds;

namespace ClusterScheduler.Simulation.Checks;

/// <summary>
/// I11: who has heard of a later master takes nothing of an earlier one: no scheduler an offer, no agent a session or
/// a launch.
/// </summary>
internal sealed class EpochsOnlyGrow(World world) : Watcher
{
    private readonly Dictionary<FrameworkId, MasterEpoch> heard = [];
    private readonly Dictionary<Node, (int Incarnation, AgentSession Session)> sessions = [];
    private readonly Dictionary<TaskKey, AgentSession> launches = [];
    private readonly Dictionary<MasterEpoch, string> clusters = [];

    public override void Subscribed(Workload workload, MasterEpoch epoch) => Hear(workload, epoch, "a subscription");

    public override void Offered(Workload workload, ImmutableArray<Offer> offers)
    {
        foreach (var offer in offers)
        {
            Hear(workload, EpochOf(offer.Id), $"offer {offer.Id}");
        }
    }

    public override void Sent(Node from, object message)
    {
        switch (message)
        {
            case MasterProtocol.ReportTasks report:
                Adopt(from, report.Session);
                break;
            case AgentProtocol.RunTask run:
                launches[new TaskKey(run.FrameworkId, run.Task.TaskId)] = run.Session;
                break;
        }
    }

    public override void Launched(Machine machine, TaskKey key)
    {
        var adopted = sessions.GetValueOrDefault(machine.Node);
        if (launches.TryGetValue(key, out var session) && adopted.Incarnation == machine.Node.Incarnation
            && session < adopted.Session)
        {
            world.Break("I11", $"{machine.Node.Name} is in session {adopted.Session} and runs {key} of {session}");
        }
    }

    private void Hear(Workload workload, MasterEpoch epoch, string what)
    {
        if (epoch < heard.GetValueOrDefault(workload.Id))
        {
            world.Break("I11", $"{workload.Id} has heard of epoch {heard[workload.Id]} and is given {what} of {epoch}");
        }

        heard[workload.Id] = epoch;
    }

    private void Adopt(Node agent, AgentSession session)
    {
        var before = sessions.GetValueOrDefault(agent);
        if (before.Incarnation == agent.Incarnation && session < before.Session)
        {
            world.Break("I11", $"{agent.Name} reports in session {session} after {before.Session}");
        }

        sessions[agent] = (agent.Incarnation, session);
    }

    // Offers are numbered CLUSTER-EPOCH-O1: no two masters may make the same number.
    private MasterEpoch EpochOf(OfferId offer)
    {
        var parts = offer.Value.Split('-');
        var epoch = new MasterEpoch(long.Parse(parts[^2], CultureInfo.InvariantCulture));
        var cluster = string.Join('-', parts[..^2]);
        if (!clusters.TryAdd(epoch, cluster) && clusters[epoch] != cluster)
        {
            world.Break("I11", $"two clusters, {cluster} and {clusters[epoch]}, have an epoch {epoch}");
        }

        return epoch;
    }
}
