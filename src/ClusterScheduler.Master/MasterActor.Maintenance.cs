using System.Collections.Immutable;
using ClusterScheduler.Core.Maintenance;
using ClusterScheduler.Core.Registry;
using ClusterScheduler.Master.Allocation;

namespace ClusterScheduler.Master;

/// <summary>
/// Maintenance of machines: planned, started, stopped, and what frameworks say to it. Nothing happens by itself when
/// a window begins.
/// </summary>
public sealed partial class MasterActor
{
    // Who answers at once is not asked again in the same instant.
    private static readonly TimeSpan InverseLeast = TimeSpan.FromSeconds(1);

    private readonly InverseBook inverse = new();
    private long inverseMade;

    private void MaintenanceCommands()
    {
        Command<MasterProtocol.UpdateMaintenanceSchedule>(update =>
            ChangeMaintenance(new RegistryCommand.ScheduleMaintenance(update.Windows, update.Version)));
        Command<MasterProtocol.StartMaintenance>(start =>
            ChangeMaintenance(new RegistryCommand.StartMaintenance(start.Machines)));
        Command<MasterProtocol.StopMaintenance>(stop =>
            ChangeMaintenance(new RegistryCommand.StopMaintenance(stop.Machines)));
        Command<MasterProtocol.GetMaintenanceStatus>(_ => Sender.Tell(new MasterProtocol.MaintenanceStatus(
            [.. State.Machines.Select(machine => Status(machine.Key, machine.Value))],
            ScheduleVersion.Of(State.Machines))));
        Command<AllocatorProtocol.InverseAllocated>(AskToLeave);
        Command<MasterProtocol.InverseOffersNoted>(noted =>
        {
            inverse.Noted(noted.OfferIds);
            reclaimOffers.Noted(noted.OfferIds);
        });
        Command<MasterProtocol.AnswerInverseOffers>(TakeInverseAnswer);
    }

    private void ChangeMaintenance(RegistryCommand command)
    {
        var asker = Sender;
        var before = State.Machines;
        Decide(command, answer =>
        {
            if (answer is RegistryReply.MaintenanceRefused { Refusal: var refusal })
            {
                asker.Tell(new MasterProtocol.MaintenanceRefused(refusal));
                return;
            }

            foreach (var machine in before.Keys.Union(State.Machines.Keys, StringComparer.Ordinal)
                .Order(StringComparer.Ordinal))
            {
                Follow(machine, before.GetValueOrDefault(machine), State.Machines.GetValueOrDefault(machine));
            }

            asker.Tell(new MasterProtocol.MaintenanceUpdated());
        });
    }

    private void Follow(string machine, MachineMaintenance? before, MachineMaintenance? after)
    {
        if (before == after)
        {
            return;
        }

        foreach (var (id, agent) in State.Agents.Where(agent => agent.Value.Info.Hostname == machine))
        {
            if (after is { IsDown: true } && before is not { IsDown: true })
            {
                TakeDown(id, agent);
            }
            else if (before?.Window != after?.Window && book.Find(id) is not null)
            {
                // Mesos: offers that do not say the plan are taken back and made anew with it.
                EndOffersOf(id);
                VoidInverse(id);
                allocator.Tell(new AllocatorProtocol.SetUnavailability(id, after?.Window));
            }
        }
    }

    private void TakeDown(AgentId id, AdmittedAgent agent)
    {
        if (contacts.TryGetValue(id, out var contact))
        {
            contact.Agent.Tell(new AgentProtocol.AgentRefused(contact.Incarnation,
                AgentProtocol.AgentRefusal.DownForMaintenance,
                $"machine '{agent.Info.Hostname}' is down for maintenance"));
        }

        if (agent is { Standing: RegisteredStanding.Unreachable, Announced: false })
        {
            Logger.Info("agent {0} is down: maintenance of {1} began", id, agent.Info.Hostname);
            Close(id);
            Announce(new AgentNews(id, AgentTurn.Lost, LatestSession));
        }
    }

    private MasterProtocol.MachineStatus Status(string machine, MachineMaintenance maintenance)
    {
        ImmutableArray<AgentId> agents =
        [
            .. State.Agents.Where(agent => agent.Value.Info.Hostname == machine
                && agent.Value.Standing != RegisteredStanding.Gone).Select(static agent => agent.Key),
        ];
        return new MasterProtocol.MachineStatus(machine, maintenance.IsDown, maintenance.Window, agents,
            agents.Sum(id => book.Find(id)?.Tasks.Count ?? 0),
            [.. inverse.Answers.Where(answer => agents.Contains(answer.AgentId))]);
    }

    private Core.Agents.Unavailability? UnavailabilityOf(string machine) =>
        State.Machines.GetValueOrDefault(machine)?.Window;

    private void AskToLeave(AllocatorProtocol.InverseAllocated allocated)
    {
        var now = Now;
        var made = new SortedDictionary<FrameworkId, ImmutableArray<InverseOffer>.Builder>();
        foreach (var grant in allocated.Grants)
        {
            var allocation = grant.Allocation;

            // Stale for an agent that left or a framework that left: the allocator has forgotten it as well.
            if (book.Find(allocation.Agent) is not { } agent || agent.Session != grant.Session
                || !connected.ContainsKey(allocation.Framework)
                || UnavailabilityOf(agent.Info.Hostname) != allocation.Unavailability)
            {
                continue;
            }

            var offer = new InverseOffer(
                new OfferId(FormattableString.Invariant($"{State.ClusterId}-{Epoch}-I{inverseMade++}")),
                allocation.Agent, agent.Info.Hostname, allocation.Unavailability, allocation.Resources);
            inverse.Open(allocation.Framework, offer, now);
            if (!made.TryGetValue(allocation.Framework, out var offers))
            {
                made[allocation.Framework] = offers = ImmutableArray.CreateBuilder<InverseOffer>();
            }

            offers.Add(offer);
        }

        foreach (var (framework, offers) in made)
        {
            Tell(framework, offers.ToImmutable());
        }
    }

    private void Tell(FrameworkId framework, ImmutableArray<InverseOffer> offers) =>
        refs.Frameworks.Tell(new FrameworkProtocol.InverseOffersMade(
            framework, Epoch, connected[framework].Connection, offers));

    private void TakeInverseAnswer(MasterProtocol.AnswerInverseOffers answer)
    {
        if (answer.Epoch == Epoch)
        {
            var now = Now;
            var refuse = RefuseFor(answer.Filters) is { } asked && asked > InverseLeast ? asked : InverseLeast;
            foreach (var id in answer.OfferIds)
            {
                if (inverse.Answer(answer.FrameworkId, id, answer.Verdict, now) is { } offer)
                {
                    allocator.Tell(new AllocatorProtocol.RecoverInverse(answer.FrameworkId, offer.AgentId, refuse));
                }
                else if (reclaimOffers.Answer(answer.FrameworkId, id, answer.Verdict, now) is not null)
                {
                    reclaim.Answered(id, answer.Verdict);
                }
            }
        }

        refs.Frameworks.Tell(new FrameworkProtocol.InverseOffersEnded(answer.FrameworkId, Epoch, answer.OfferIds));
    }

    private void VoidInverse(AgentId id)
    {
        foreach (var (framework, offers) in inverse.Void(id))
        {
            refs.Frameworks.Tell(new FrameworkProtocol.InverseOffersRescinded(framework, Epoch, offers));
        }
    }

    /// <summary>The framework's connection ended: what it was asked is asked anew when it is back.</summary>
    private void DropInverse(FrameworkId framework)
    {
        inverse.Drop(framework);
        reclaimOffers.Drop(framework);
        reclaim.Dropped(framework);
    }

    private void SweepInverse()
    {
        foreach (var framework in inverse.Unnoted.Concat(reclaimOffers.Unnoted).ToArray())
        {
            Tell(framework.Key, [.. framework]);
        }
    }
}
