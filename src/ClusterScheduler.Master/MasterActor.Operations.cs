using System.Collections.Immutable;
using ClusterScheduler.Core.Registry;
using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Master.Allocation;

namespace ClusterScheduler.Master;

/// <summary>Reservations and volumes: made by accepts or operators, stored, then in force.</summary>
public sealed partial class MasterActor
{
    /// <summary>Accepts that the allocator looks for room for; they are repeated meanwhile.</summary>
    private readonly HashSet<(FrameworkId Framework, long AcceptId)> weighing = [];

    private void OperationCommands()
    {
        Command<MasterProtocol.ApplyOperation>(apply => Apply(Sender, apply));
        Command<AllocatorProtocol.RoomHeld>(held =>
        {
            switch (held.Use)
            {
                case AllocatorProtocol.RoomUse.ByAccept { Request: var request }:
                    weighing.Remove((request.FrameworkId, request.AcceptId));
                    CarryOut(request with { Breaches = held.Breaches }, held.Room);
                    break;
                case AllocatorProtocol.RoomUse.ByOperator use:
                    Apply(use, held);
                    break;
            }
        });
        Command<AllocatorProtocol.FreeNotConverted>(late => ConvertFree(late.AgentId, late.Conversion, late.Room));
    }

    /// <summary>
    /// What an accept changed of the agent is stored before anybody hears of it; room that was held for it is taken or
    /// given back with it.
    /// </summary>
    private void StoreConversions(
        FrameworkId framework, AcceptOutcome outcome, ImmutableArray<RoleGrowth> room, Action done)
    {
        if (outcome.Conversions is not { } made)
        {
            ReleaseRoom(room);
            done();
            return;
        }

        Decide(new RegistryCommand.ConvertResources(made.AgentId, made.Items), answer =>
        {
            if (answer is RegistryReply.ConversionRefused refused)
            {
                throw new InvalidOperationException(
                    $"what {framework} was offered of {made.AgentId} is not in the registry: {refused.Refusal}");
            }

            allocator.Tell(new AllocatorProtocol.ConvertOffered(framework, made.Role, made.AgentId, made.Items, room));
            TellDestroyed(made.AgentId, made.Items);
            done();
        });
    }

    /// <summary>
    /// An operator's operation takes what no task uses; offers that hold it are taken back. Where it could take a role
    /// beyond its limit, room is held first.
    /// </summary>
    private void Apply(IActorRef asker, MasterProtocol.ApplyOperation apply)
    {
        if (CheckFree(apply, out var conversion) is { } refusal)
        {
            asker.Tell(Refused(apply.AgentId, refusal));
            return;
        }

        var growth = RoleGrowth.Of(conversion!, null);
        if (growth.Any(IsLimited))
        {
            allocator.Tell(new AllocatorProtocol.HoldRoom(
                new AllocatorProtocol.RoomUse.ByOperator(asker, apply), [new OperationGrowth(0, growth)]));
        }
        else
        {
            StoreFree(asker, apply.AgentId, conversion!, []);
        }
    }

    private void Apply(AllocatorProtocol.RoomUse.ByOperator use, AllocatorProtocol.RoomHeld held)
    {
        var refusal = CheckFree(use.Apply, out var conversion)
            ?? OperationRules.CheckLimit(conversion!, held.Breaches.GetValueOrDefault(0));
        if (refusal is null)
        {
            StoreFree(use.Asker, use.Apply.AgentId, conversion!, held.Room);
            return;
        }

        ReleaseRoom(held.Room);
        use.Asker.Tell(Refused(use.Apply.AgentId, refusal));
    }

    private OperationRefusal? CheckFree(MasterProtocol.ApplyOperation apply, out ResourceConversion? conversion)
    {
        conversion = null;
        if (book.Find(apply.AgentId) is not { Reported: true } agent)
        {
            return new OperationRefusal(OperationFault.UnknownAgent, default);
        }

        var used = agent.Used + ClaimedOf(apply.AgentId);
        var free = agent.Total.SubtractWhatIsThere(used);
        var refusal = OperationRules.Convert(apply.Operation, null, out conversion)
            ?? OperationRules.CheckUse(conversion!, used);
        return refusal is null && !free.Contains(conversion!.Before)
            ? new OperationRefusal(OperationFault.NotThere, conversion.Before, free)
            : refusal;
    }

    private void StoreFree(
        IActorRef asker, AgentId id, ResourceConversion conversion, ImmutableArray<RoleGrowth> room)
    {
        var agent = book.Find(id)!;
        Decide(new RegistryCommand.ConvertResources(id, [conversion]), answer =>
        {
            if (answer is RegistryReply.ConversionRefused refused)
            {
                ReleaseRoom(room);
                asker.Tell(Refused(id, refused.Refusal));
                return;
            }

            book.Convert(agent, [conversion]);
            ConvertFree(id, conversion, room);
            TellDestroyed(id, [conversion]);
            asker.Tell(new MasterProtocol.OperationApplied(id, agent.Total));
        });
    }

    /// <summary>
    /// Offers of the agent end, and the allocator changes what is free in the same step in which it takes them back.
    /// It says so when an offer was on its way here meanwhile; that one has come now, and ends as well.
    /// </summary>
    private void ConvertFree(AgentId id, ResourceConversion conversion, ImmutableArray<RoleGrowth> room)
    {
        if (book.Find(id) is not { Reported: true })
        {
            ReleaseRoom(room);
            return;
        }

        var ended = book.EndOffersOf(id);
        foreach (var holder in ended.GroupBy(static offer => offer.FrameworkId))
        {
            TellRescinded(holder.Key, [.. holder.Select(static offer => offer.Offer.Id)]);
        }

        allocator.Tell(new AllocatorProtocol.ConvertFree(id, conversion, Back(ended), room));
    }

    private void ReleaseRoom(ImmutableArray<RoleGrowth> room)
    {
        if (!room.IsEmpty)
        {
            allocator.Tell(new AllocatorProtocol.ReleaseRoom(room));
        }
    }

    private bool IsLimited(RoleGrowth growth) =>
        State.Quotas.TryGetValue(growth.Role, out var quota) && quota.Limits.Count > 0;

    private void TakeBack(ImmutableArray<OpenOffer> ended)
    {
        foreach (var holder in ended.GroupBy(static offer => offer.FrameworkId))
        {
            TellRescinded(holder.Key, [.. holder.Select(static offer => offer.Offer.Id)]);
        }

        Give(Back(ended));
    }

    private void TellDestroyed(AgentId id, ImmutableArray<ResourceConversion> conversions)
    {
        ImmutableArray<VolumeName> destroyed =
        [
            .. conversions.SelectMany(static each => OperationRules.VolumesOf(each.Before)
                .Except(OperationRules.VolumesOf(each.After))),
        ];
        if (!destroyed.IsEmpty && book.Find(id) is { } agent)
        {
            contacts[id].Agent.Tell(new AgentProtocol.DestroyVolumes(id, agent.Session, destroyed));
        }
    }

    private static MasterProtocol.OperationRefused Refused(AgentId agent, OperationRefusal refusal) =>
        new(agent, refusal);
}
