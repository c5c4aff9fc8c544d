using System.Collections.Immutable;
using ClusterScheduler.Core.Registry;
using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Master.Allocation;

namespace ClusterScheduler.Master;

/// <summary>Reservations and volumes: made by accepts or operators, stored, then in force.</summary>
public sealed partial class MasterActor
{
    private void OperationCommands()
    {
        Command<MasterProtocol.ApplyOperation>(Apply);
        Command<AllocatorProtocol.FreeNotConverted>(late => ConvertFree(late.AgentId, late.Conversion));
    }

    /// <summary>What an accept changed of the agent is stored before anybody hears of it.</summary>
    private void StoreConversions(FrameworkId framework, AcceptOutcome outcome, Action done)
    {
        if (outcome.Conversions is not { } made)
        {
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

            allocator.Tell(new AllocatorProtocol.ConvertOffered(framework, made.Role, made.AgentId, made.Items));
            TellDestroyed(made.AgentId, made.Items);
            done();
        });
    }

    /// <summary>An operator's operation takes what no task uses; offers that hold it are taken back.</summary>
    private void Apply(MasterProtocol.ApplyOperation apply)
    {
        var asker = Sender;
        var id = apply.AgentId;
        if (book.Find(id) is not { Reported: true } agent)
        {
            asker.Tell(Refused(id, new OperationRefusal(OperationFault.UnknownAgent, default)));
            return;
        }

        var used = agent.Used + ClaimedOf(id);
        var free = agent.Total.SubtractWhatIsThere(used);
        var refusal = OperationRules.Convert(apply.Operation, null, out var conversion)
            ?? OperationRules.CheckUse(conversion!, used);
        if (refusal is null && !free.Contains(conversion!.Before))
        {
            refusal = new OperationRefusal(OperationFault.NotThere, conversion.Before, free);
        }

        if (refusal is not null)
        {
            asker.Tell(Refused(id, refusal));
            return;
        }

        Decide(new RegistryCommand.ConvertResources(id, [conversion!]), answer =>
        {
            if (answer is RegistryReply.ConversionRefused refused)
            {
                asker.Tell(Refused(id, refused.Refusal));
                return;
            }

            book.Convert(agent, [conversion!]);
            ConvertFree(id, conversion!);
            TellDestroyed(id, [conversion!]);
            asker.Tell(new MasterProtocol.OperationApplied(id, agent.Total));
        });
    }

    /// <summary>
    /// Offers of the agent end, and the allocator changes what is free in the same step in which it takes them back.
    /// It says so when an offer was on its way here meanwhile; that one has come now, and ends as well.
    /// </summary>
    private void ConvertFree(AgentId id, ResourceConversion conversion)
    {
        if (book.Find(id) is not { Reported: true })
        {
            return;
        }

        var ended = book.EndOffersOf(id);
        foreach (var holder in ended.GroupBy(static offer => offer.FrameworkId))
        {
            TellRescinded(holder.Key, [.. holder.Select(static offer => offer.Offer.Id)]);
        }

        allocator.Tell(new AllocatorProtocol.ConvertFree(id, conversion, Back(ended)));
    }

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
