using System.Collections.Immutable;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Registry;
using ClusterScheduler.Master.Allocation;

namespace ClusterScheduler.Master;

/// <summary>Frameworks: registration, demand, end.</summary>
public sealed partial class MasterActor
{
    private readonly Dictionary<FrameworkId, FrameworkContact> connected = [];

    private void FrameworkCommands()
    {
        Command<MasterProtocol.RegisterFramework>(Register);
        Command<MasterProtocol.DeactivateFramework>(deactivate =>
        {
            if (connected.TryGetValue(deactivate.FrameworkId, out var contact)
                && contact.Connection == deactivate.Connection)
            {
                connected.Remove(deactivate.FrameworkId);
                allocator.Tell(new AllocatorProtocol.DeactivateFramework(deactivate.FrameworkId));
                Give(Back(book.EndOffersOf(deactivate.FrameworkId)));
                DropInverse(deactivate.FrameworkId);
            }

            refs.Frameworks.Tell(new FrameworkProtocol.FrameworkDeactivated(
                deactivate.FrameworkId, Epoch, deactivate.Connection));
        });
        Command<MasterProtocol.OffersNoted>(noted =>
        {
            if (connected.TryGetValue(noted.FrameworkId, out var contact) && contact.Connection == noted.Connection)
            {
                contact.Delivery.Noted(noted.Number);
            }
        });
        Command<AllocatorProtocol.FrameworkNotTaken>(NotTaken);
        Command<MasterProtocol.RemoveFramework>(Remove);
        Command<MasterProtocol.SetDemand>(SetDemand);
    }

    private void Register(MasterProtocol.RegisterFramework register)
    {
        if (IsOusted(register.Seen))
        {
            return;
        }

        var id = register.FrameworkId;
        Decide(new RegistryCommand.AdmitFramework(id, register.Info), answer =>
        {
            if (answer is RegistryReply.FrameworkRefused refused)
            {
                refs.Frameworks.Tell(new FrameworkProtocol.FrameworkRefused(
                    id, register.Connection, refused.Message));
                return;
            }

            if (!connected.TryGetValue(id, out var known) || known.Connection != register.Connection)
            {
                // What it wants now is known before its old offers are free again, and one of them could come back.
                var ended = book.EndOffersOf(id);
                DropInverse(id);
                connected[id] = new FrameworkContact(register.Connection, register.SuppressedRoles, Now);
                allocator.Tell(new AllocatorProtocol.AddFramework(
                    id, register.Info, register.SuppressedRoles, register.Connection));
                Give(Back(ended));
            }

            refs.Frameworks.Tell(new FrameworkProtocol.FrameworkRegistered(id, Epoch, register.Connection));
        });
    }

    /// <summary>The framework was answered before the allocator could not take it: the connection ends.</summary>
    private void NotTaken(AllocatorProtocol.FrameworkNotTaken refused)
    {
        var id = refused.FrameworkId;
        if (!connected.TryGetValue(id, out var contact) || contact.Connection != refused.Connection)
        {
            return;
        }

        var why = AllocatorFaults.Say(refused.Refusal);
        Logger.Warning("framework {0} is refused: {1}", id, why);
        connected.Remove(id);
        Give(Back(book.EndOffersOf(id)));
        DropInverse(id);
        allocator.Tell(new AllocatorProtocol.DeactivateFramework(id));
        refs.Frameworks.Tell(new FrameworkProtocol.FrameworkRefused(id, refused.Connection, why));
    }

    private void Remove(MasterProtocol.RemoveFramework remove) =>
        Decide(new RegistryCommand.RemoveFramework(remove.FrameworkId, remove.Why), _ =>
        {
            connected.Remove(remove.FrameworkId);
            uncalled.Remove(remove.FrameworkId);
            Give(Back(book.EndOffersOf(remove.FrameworkId)));
            DropInverse(remove.FrameworkId);
            allocator.Tell(new AllocatorProtocol.DeactivateFramework(remove.FrameworkId));
            RetireWhenUnused(remove.FrameworkId);
            refs.Frameworks.Tell(new FrameworkProtocol.FrameworkRemoved(remove.FrameworkId, Epoch));
        });

    /// <summary>A framework that is over leaves the allocator, and the book, with its last task.</summary>
    private void RetireWhenUnused(FrameworkId id)
    {
        if (State.Frameworks.TryGetValue(id, out var framework) && framework.Removed is not null
            && book.Find(id) is not { Tasks.Count: > 0 })
        {
            book.Forget(id);
            allocator.Tell(new AllocatorProtocol.RemoveFramework(id));
        }
    }

    private void SetDemand(MasterProtocol.SetDemand demand)
    {
        if (!connected.TryGetValue(demand.FrameworkId, out var contact) || contact.Connection != demand.Connection)
        {
            // It takes itself for registered: it hears that it is not, and registers again.
            refs.Frameworks.Tell(new FrameworkProtocol.FrameworkDeactivated(
                demand.FrameworkId, Epoch, demand.Connection));
            return;
        }

        if (demand.Version > contact.DemandVersion)
        {
            contact.DemandVersion = demand.Version;
            contact.Suppressed = demand.SuppressedRoles;
            contact.Requests = demand.Requests;
            allocator.Tell(new AllocatorProtocol.SetDemand(
                demand.FrameworkId, demand.SuppressedRoles, demand.Revived));
        }

        refs.Frameworks.Tell(new FrameworkProtocol.DemandNoted(
            demand.FrameworkId, demand.Connection, contact.DemandVersion));
    }

    /// <summary>Tells a connected framework of offers, until it has noted them.</summary>
    private void Tell(FrameworkId framework, ImmutableArray<Offer> offers)
    {
        var contact = connected[framework];
        var number = contact.Delivery.Say([.. offers.Select(static offer => offer.Id)], Now);
        Tell(framework, contact, number, offers);
    }

    private void Tell(FrameworkId framework, FrameworkContact contact, long number, ImmutableArray<Offer> offers) =>
        refs.Frameworks.Tell(new FrameworkProtocol.OffersMade(framework, Epoch, contact.Connection, offers)
        {
            Number = number,
        });

    private void SweepOffers()
    {
        var now = Now;
        foreach (var (framework, contact) in connected.OrderBy(static each => each.Key))
        {
            foreach (var (number, offers) in contact.Delivery.Again(now - options.Retry, now))
            {
                ImmutableArray<Offer> open =
                    [.. offers.Select(id => book.Find(id)).OfType<OpenOffer>().Select(static offer => offer.Offer)];
                if (open.IsEmpty)
                {
                    contact.Delivery.Noted(number);
                }
                else
                {
                    Tell(framework, contact, number, open);
                }
            }
        }
    }

    private sealed class FrameworkContact(Guid connection, ImmutableArray<string> suppressed, DateTimeOffset since)
    {
        public Guid Connection { get; } = connection;

        public DateTimeOffset Since { get; } = since;

        public ImmutableArray<string> Suppressed { get; set; } = suppressed;

        public ImmutableArray<ResourceRequest> Requests { get; set; } = [];

        public long DemandVersion { get; set; }

        public OfferDelivery Delivery { get; } = new();
    }
}
