using System.Collections.Immutable;
using ClusterScheduler.Core.Registry;
using ClusterScheduler.Master.Allocation;

namespace ClusterScheduler.Master;

/// <summary>Agents: registration, report, pings, loss and return.</summary>
public sealed partial class MasterActor
{
    private readonly Dictionary<AgentId, AgentContact> contacts = [];
    private readonly Dictionary<(FrameworkId, AgentId), FrameworkProtocol.AgentLost> losses = [];
    private readonly HashSet<AgentId> expected = [];
    private readonly HashSet<AgentId> returning = [];
    private DateTimeOffset expectedUntil;
    private long sessions;

    private void AgentCommands()
    {
        Command<MasterProtocol.RegisterAgent>(Register);
        Command<MasterProtocol.ReportTasks>(Report);
        Command<MasterProtocol.Pong>(pong =>
        {
            if (contacts.TryGetValue(pong.AgentId, out var contact)
                && book.Find(pong.AgentId)?.Session == pong.Session)
            {
                contact.LastHeard = Now;
            }
        });
        Command<FrameworkProtocol.AgentLossNoted>(noted => losses.Remove((noted.FrameworkId, noted.AgentId)));
    }

    private void Register(MasterProtocol.RegisterAgent register)
    {
        var agent = Sender;
        Decide(new RegistryCommand.AdmitAgent(register.AgentId, register.Info, register.Incarnation), answer =>
        {
            if (answer is RegistryReply.AgentRefused refused)
            {
                agent.Tell(new AgentProtocol.AgentRefused(
                    register.Incarnation, Refusal(refused.Refusal), refused.Message));
                return;
            }

            var admitted = (RegistryReply.AgentIn)answer!;
            if (admitted.WasUnreachable)
            {
                returning.Add(admitted.AgentId);
            }

            OpenSession(admitted.AgentId, register, agent);
        });
    }

    private void OpenSession(AgentId id, MasterProtocol.RegisterAgent register, IActorRef agent)
    {
        expected.Remove(id);
        EndOffersOf(id);
        allocator.Tell(new AllocatorProtocol.RemoveAgent(id));
        var session = new AgentSession(Epoch, ++sessions);
        book.OpenSession(id, register.Info, session);
        contacts[id] = new AgentContact(agent, Now);
        agent.Tell(new AgentProtocol.AgentRegistered(id, session, register.Incarnation, options.PingTimeout));
    }

    private void Report(MasterProtocol.ReportTasks report)
    {
        if (book.Find(report.AgentId) is not { } ledger)
        {
            Sender.Tell(new AgentProtocol.Reregister(report.AgentId, Epoch));
            return;
        }

        if (ledger.Session != report.Session)
        {
            // It registered again meanwhile, and the answer to that is on its way.
            return;
        }

        Sender.Tell(new AgentProtocol.ReportAccepted(report.AgentId, report.Session));
        if (ledger.Reported)
        {
            return;
        }

        var now = Now;

        // A task whose end is still on its way to its entity is not missing: asked about now, the entity would conclude
        // that nobody knows how it ended. It is released as soon as the end is stored.
        var held = report.Tasks
            .Where(task => !task.State.IsTerminal() || ledger.Find(task.FrameworkId, task.TaskId) is not null)
            .Select(task => new TaskAllocation(
                task.FrameworkId, task.TaskId, task.Role, task.Resources, report.Session, now, Confirmed: true));
        foreach (var missing in book.Report(ledger, held))
        {
            Probe(new Unconfirmed(now, report.AgentId, missing.FrameworkId, missing.TaskId, report.Session));
        }

        KillOrphans(ledger);
        allocator.Tell(new AllocatorProtocol.AddAgent(report.AgentId, report.Session, ledger.Info,
            [.. ledger.Tasks.Select(static task => new AllocatorProtocol.Use(
                task.FrameworkId, task.Role, task.Resources))]));
        if (returning.Remove(report.AgentId))
        {
            AnnounceReturn(ledger);
        }
    }

    /// <summary>Tasks of frameworks that are over are ended when their agent shows them.</summary>
    private void KillOrphans(AgentLedger ledger)
    {
        foreach (var task in ledger.Tasks)
        {
            if (State.Frameworks.TryGetValue(task.FrameworkId, out var framework) && framework.Removed is not null)
            {
                refs.Tasks.Tell(new TaskProtocol.KillTask(task.FrameworkId, task.TaskId, null));
            }
        }
    }

    private void AnnounceReturn(AgentLedger ledger)
    {
        foreach (var (framework, admitted) in State.Frameworks)
        {
            losses.Remove((framework, ledger.Id));
            if (admitted.Removed is null)
            {
                refs.Frameworks.Tell(new FrameworkProtocol.AgentReturned(
                    framework, Epoch, ledger.Id, ledger.Session, contacts[ledger.Id].Agent));
            }
        }
    }

    private void ExpectAgents()
    {
        expectedUntil = Now + options.ReregisterTimeout;
        expected.UnionWith(State.Agents.Where(static agent => agent.Value.Standing == RegisteredStanding.Admitted)
            .Select(static agent => agent.Key));
    }

    private void SweepAgents()
    {
        var now = Now;
        foreach (var ledger in book.Agents.ToImmutableArray())
        {
            var contact = contacts[ledger.Id];
            if (now - contact.LastHeard >= options.PingTimeout)
            {
                Lose(ledger.Id);
            }
            else if (now - contact.LastPing >= options.PingInterval)
            {
                contact.LastPing = now;
                contact.Agent.Tell(new AgentProtocol.Ping(ledger.Id, ledger.Session));
            }
        }

        if (expected.Count > 0 && now >= expectedUntil)
        {
            foreach (var agent in expected.Order().ToImmutableArray())
            {
                Lose(agent);
            }
        }
    }

    /// <summary>An agent is out of reach: stored first, then its offers end and every framework is told.</summary>
    private void Lose(AgentId id)
    {
        expected.Remove(id);
        Decide(new RegistryCommand.MarkUnreachable(id), answer =>
        {
            if (answer is not RegistryReply.AgentMarked)
            {
                return;
            }

            Logger.Warning("agent {0} is unreachable", id);
            EndOffersOf(id);
            allocator.Tell(new AllocatorProtocol.RemoveAgent(id));
            contacts.Remove(id);
            book.Close(id);
            foreach (var (framework, admitted) in State.Frameworks)
            {
                if (admitted.Removed is null)
                {
                    losses[(framework, id)] = new FrameworkProtocol.AgentLost(framework, Epoch, id, Gone: false, Now);
                }
            }

            RepeatLosses();
        });
    }

    private void RepeatLosses()
    {
        foreach (var loss in losses.OrderBy(static loss => loss.Key).Select(static loss => loss.Value))
        {
            refs.Frameworks.Tell(loss);
        }
    }

    /// <summary>Ends the agent's offers and tells their holders.</summary>
    private void EndOffersOf(AgentId id)
    {
        var ended = book.EndOffersOf(id);
        foreach (var holder in ended.GroupBy(static offer => offer.FrameworkId))
        {
            refs.Frameworks.Tell(new FrameworkProtocol.OffersRescinded(
                holder.Key, Epoch, [.. holder.Select(static offer => offer.Offer.Id)]));
        }

        Give(Back(ended));
    }

    private static AgentProtocol.AgentRefusal Refusal(AgentAdmissionRefusal refusal) => refusal switch
    {
        AgentAdmissionRefusal.MarkedGone => AgentProtocol.AgentRefusal.MarkedGone,
        AgentAdmissionRefusal.UnknownId => AgentProtocol.AgentRefusal.UnknownId,
        AgentAdmissionRefusal.InvalidInfo => AgentProtocol.AgentRefusal.InvalidInfo,
        _ => throw new InvalidOperationException($"no message for {refusal}"),
    };

    private sealed class AgentContact(IActorRef agent, DateTimeOffset heard)
    {
        public IActorRef Agent { get; } = agent;

        public DateTimeOffset LastHeard { get; set; } = heard;

        public DateTimeOffset LastPing { get; set; } = heard;
    }
}
