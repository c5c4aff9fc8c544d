using System.Collections.Immutable;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Registry;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Master.Allocation;

namespace ClusterScheduler.Master;

/// <summary>What operators and other actors ask.</summary>
public sealed partial class MasterActor
{
    // Less than those who ask the master wait for it (gateway.ask-timeout, 5 s): they hear why, or get what there is.
    private static readonly TimeSpan AllocatorPatience = TimeSpan.FromSeconds(3);

    private void Questions()
    {
        Command<MasterProtocol.IdentifyMaster>(_ => Sender.Tell(
            new MasterProtocol.MasterIdentity(State.ClusterId, Epoch, Context.System.Scheduler.Now)));
        Command<MasterProtocol.LocateAgent>(Locate);
        Command<MasterProtocol.ListAgents>(_ => Sender.Tell(new MasterProtocol.AgentList(
            Epoch, [.. State.Agents.Select(agent => Summary(agent.Key, agent.Value))])
        {
            Held = watch.Refusal is { } held
                ? new MasterProtocol.HeldRemovals(held.Missing, held.Known, held.Limit)
                : null,
        }));
        Command<MasterProtocol.ListFrameworks>(_ =>
        {
            var asker = Sender;
            allocator.Ask<AllocatorProtocol.Shares>(new AllocatorProtocol.GetShares(), AllocatorPatience)
                .PipeTo(Self, Sender, shares => new SharesFor(asker, shares),
                    _ => new SharesFor(asker, NoShares));
        });
        Command<SharesFor>(answer => answer.Asker.Tell(new MasterProtocol.FrameworkList(
            Epoch, [.. State.Frameworks.Select(framework => Summary(framework.Key, framework.Value, answer.Shares))])));
    }

    private static AllocatorProtocol.Shares NoShares { get; } = new(
        ImmutableDictionary<FrameworkId, double>.Empty, ImmutableDictionary<FrameworkId, HeldOffersView>.Empty);

    private void Locate(MasterProtocol.LocateAgent locate)
    {
        var (id, ledger) = (locate.AgentId, book.Find(locate.AgentId));
        var standing = State.Agents.TryGetValue(id, out var known) ? Standing(known, ledger)
            : RegistryDecider.GaveOut(State, id) ? MasterProtocol.AgentStanding.Gone
            : MasterProtocol.AgentStanding.Recovered;
        Sender.Tell(new MasterProtocol.AgentLocated(
            id, contacts.GetValueOrDefault(id)?.Agent, ledger?.Session ?? LatestSession) { Standing = standing });
    }

    private static MasterProtocol.AgentStanding Standing(AdmittedAgent admitted, AgentLedger? ledger) =>
        admitted.Standing switch
        {
            RegisteredStanding.Unreachable => MasterProtocol.AgentStanding.Unreachable,
            RegisteredStanding.Gone => MasterProtocol.AgentStanding.Gone,
            _ when ledger is null => MasterProtocol.AgentStanding.Recovered,
            _ => ledger.Reported ? MasterProtocol.AgentStanding.Active : MasterProtocol.AgentStanding.Disconnected,
        };

    private MasterProtocol.AgentSummary Summary(AgentId id, AdmittedAgent admitted)
    {
        var ledger = book.Find(id);
        var offered = ledger?.Offers.Select(offer => book.Find(offer)!.Offer.Resources)
            .Aggregate(ResourceSet.Empty, static (sum, resources) => sum + resources) ?? ResourceSet.Empty;
        return new MasterProtocol.AgentSummary(id, admitted.Info, Standing(admitted, ledger), admitted.Since,
            ledger?.Session ?? AgentSession.None, offered, ledger?.Used ?? ResourceSet.Empty,
            [
                .. (ledger?.Tasks ?? []).Select(static task => new MasterProtocol.AllocatedTask(
                    task.FrameworkId, task.TaskId, task.Role, task.Resources) { Priority = task.Priority }),
            ])
        {
            Made = admitted.Made,
            Revocable = ledger?.Revocable ?? ResourceSet.Empty,
        };
    }

    private MasterProtocol.FrameworkSummary Summary(
        FrameworkId id, AdmittedFramework admitted, AllocatorProtocol.Shares shares)
    {
        var ledger = book.Find(id);
        var open = (ledger?.Offers ?? []).Select(offer => book.Find(offer)!).ToImmutableArray();
        var used = (ledger?.Tasks ?? [])
            .Select(task => book.Find(task.Agent)?.Find(id, task.Task)?.Resources ?? ResourceSet.Empty)
            .Aggregate(ResourceSet.Empty, static (sum, resources) => sum + resources);
        var contact = connected.GetValueOrDefault(id);
        return new MasterProtocol.FrameworkSummary(id, admitted.Info, contact is not null,
            contact?.Since ?? admitted.Since, contact?.Suppressed ?? [], open.Length, ledger?.Tasks.Count ?? 0,
            open.Aggregate(ResourceSet.Empty, static (sum, offer) => sum + offer.Offer.Resources), used,
            shares.OfFrameworks.GetValueOrDefault(id),
            open.IsEmpty ? null : open.Min(static offer => offer.Since))
        {
            Held = shares.Held.GetValueOrDefault(id) is { } held
                ? new MasterProtocol.HeldOffers(held.Agents, held.HeldCpuSeconds, held.UsedPart, held.IsHoarder)
                : null,
            OfferTimeout = options.Allocator.OfferTimeout,
        };
    }

    private sealed record SharesFor(IActorRef Asker, AllocatorProtocol.Shares Shares)
        : INoSerializationVerificationNeeded;
}
