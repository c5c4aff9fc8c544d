using ClusterScheduler.Core.Registry;
using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Master.Allocation;

namespace ClusterScheduler.Master;

/// <summary>Agents: registration and report.</summary>
public sealed partial class MasterActor
{
    private long sessions;

    /// <summary>No session that is opened later is covered by this one.</summary>
    private AgentSession LatestSession => new(Epoch, sessions);

    private void AgentCommands()
    {
        Command<MasterProtocol.RegisterAgent>(Register);
        Command<MasterProtocol.ReportTasks>(Report);
        Command<MasterProtocol.UpdateRevocable>(UpdateRevocable);
        Command<MasterProtocol.Pong>(pong =>
        {
            if (book.Find(pong.AgentId) is { } ledger && ledger.Session == pong.Session)
            {
                watch.Hear(pong.AgentId);
                if (contacts[pong.AgentId].HasEnded)
                {
                    // It was taken for ended, and lives.
                    Sender.Tell(new AgentProtocol.Reregister(pong.AgentId, Epoch));
                }
                else if (ledger.Misses(pong.Held))
                {
                    Audit(ledger);
                }

                DenyClaims(pong.AgentId);
            }
        });
        Command<Terminated>(Disconnect);
        LossCommands();
        NewsCommands();
    }

    private void Register(MasterProtocol.RegisterAgent register)
    {
        if (IsOusted(register.Seen))
        {
            return;
        }

        var agent = Sender;
        if (register.AgentId is { } id && MustWait(id, register.Incarnation, agent))
        {
            return;
        }

        Decide(new RegistryCommand.AdmitAgent(register.AgentId, register.Info, register.Incarnation), answer =>
        {
            if (answer is RegistryReply.AgentRefused refused)
            {
                agent.Tell(new AgentProtocol.AgentRefused(
                    register.Incarnation, Refusal(refused.Refusal), refused.Message));
                return;
            }

            OpenSession(((RegistryReply.AgentIn)answer!).AgentId, register, agent);
        });
    }

    private void OpenSession(AgentId id, MasterProtocol.RegisterAgent register, IActorRef agent)
    {
        watch.Join(id);
        StopOffering(id);
        var session = new AgentSession(Epoch, ++sessions);
        book.OpenSession(id, register.Info, session);
        book.SetTotal(id, State.Agents[id].Total);
        Meet(id, new AgentContact(agent, register.Incarnation));
        agent.Tell(new AgentProtocol.AgentRegistered(id, session, register.Incarnation, options.PingTimeout)
        {
            Volumes = [.. OperationRules.VolumesOf(State.Agents[id].Made)],
        });
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

        watch.Hear(report.AgentId);
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
                task.FrameworkId, task.TaskId, task.Role, task.Resources, report.Session, now, Confirmed: true)
            {
                Priority = task.Priority,
                IsEnding = task.State == TaskState.Killing,
            });
        foreach (var missing in book.Report(ledger, held))
        {
            Probe(new Unconfirmed(now, report.AgentId, missing.FrameworkId, missing.TaskId, report.Session));
        }

        KillOrphans(ledger);
        allocator.Tell(new AllocatorProtocol.AddAgent(
            report.AgentId, report.Session, ledger.Info with { Resources = ledger.Total },
            [.. ledger.Tasks.Select(static task => new AllocatorProtocol.Use(
                task.FrameworkId, task.Role, task.Resources))])
        {
            Unavailability = UnavailabilityOf(ledger.Info.Hostname),
        });
        if (!State.Agents[report.AgentId].Announced)
        {
            Announce(new AgentNews(report.AgentId, AgentTurn.Returned, report.Session));
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
        AgentAdmissionRefusal.DownForMaintenance => AgentProtocol.AgentRefusal.DownForMaintenance,
        _ => throw new InvalidOperationException($"no message for {refusal}"),
    };
}
