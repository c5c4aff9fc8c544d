using System.Collections.Immutable;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Registry;
using ClusterScheduler.Core.Roles;
using ClusterScheduler.Master.Allocation;

namespace ClusterScheduler.Master;

/// <summary>Weights and quota: stored, given to the allocator, and offers in their way rescinded.</summary>
public sealed partial class MasterActor
{
    private void RoleCommands()
    {
        Command<MasterProtocol.UpdateWeights>(UpdateWeights);
        Command<MasterProtocol.ListWeights>(_ => Sender.Tell(new MasterProtocol.WeightList(StoredWeights())));
        Command<MasterProtocol.UpdateQuota>(UpdateQuota);
        Command<QuotaToDecide>(DecideQuota);
        Command<QuotaNotWeighed>(failed => failed.Asker.Tell(new Status.Failure(failed.Why)));
        Command<MasterProtocol.ListQuota>(_ => Sender.Tell(new MasterProtocol.QuotaList(
            [.. State.Quotas.Select(static quota => QuotaConfig.Of(quota.Key, quota.Value))])));
        Command<MasterProtocol.ListRoles>(allocator.Forward);
        Command<MasterProtocol.WhyFramework>(why => allocator.Forward(new AllocatorProtocol.Explain(
            why, why.Demand.IsEmpty ? connected.GetValueOrDefault(why.FrameworkId)?.Requests ?? [] : [])));
        Command<MasterProtocol.WhyRole>(allocator.Forward);
        Command<AllocatorProtocol.Recall>(recall => Rescind(recall.Offers.Select(
            static offer => (offer.Framework, offer.Role, offer.Agent)), recall.MadeUntil));
    }

    /// <summary>The allocator begins empty with each master: it is told what is stored before agents come.</summary>
    private void TellAllocatorRoles()
    {
        allocator.Tell(new AllocatorProtocol.SetWeights(StoredWeights()));
        allocator.Tell(new AllocatorProtocol.SetQuota(
            [.. State.Quotas.Select(static quota => new RoleQuota(quota.Key, quota.Value))]));
        var known = State.Agents.Values.Count(static agent => agent.Standing == RegisteredStanding.Admitted);
        allocator.Tell(new AllocatorProtocol.AwaitAgents(known, Now + options.ReregisterTimeout));
    }

    private ImmutableArray<RoleWeight> StoredWeights() =>
        [.. State.Weights.Select(static weight => new RoleWeight(weight.Key.Value, weight.Value))];

    private void UpdateWeights(MasterProtocol.UpdateWeights update)
    {
        var asker = Sender;
        var before = State.Weights;
        Decide(new RegistryCommand.SetWeights(update.Weights), answer =>
        {
            if (answer is RegistryReply.WeightsRefused { Refusal: var refusal })
            {
                asker.Tell(new MasterProtocol.WeightsRefused(refusal.Fault, refusal.Role, refusal.Weight));
                return;
            }

            if (State.Weights != before)
            {
                allocator.Tell(new AllocatorProtocol.SetWeights(update.Weights));
                RescindAllWhenOneIsIn([.. update.Weights.Select(static weight => RoleName.Parse(weight.Role))]);
            }

            asker.Tell(new MasterProtocol.WeightsUpdated(update.Weights));
        });
    }

    /// <summary>Mesos: a weight of a role that somebody is in voids every offer of the cluster.</summary>
    private void RescindAllWhenOneIsIn(ImmutableArray<RoleName> roles)
    {
        var isAny = connected.Keys.Any(id => State.Frameworks[id].Info.Roles
            .Select(RoleName.Parse).Any(role => roles.Any(role.IsWithin)));
        if (!isAny)
        {
            return;
        }

        foreach (var framework in connected.Keys.Order())
        {
            var ended = book.EndOffersOf(framework);
            TellRescinded(framework, [.. ended.Select(static offer => offer.Offer.Id)]);
            Give(Back(ended));
        }
    }

    private void UpdateQuota(MasterProtocol.UpdateQuota update)
    {
        var asker = Sender;
        var changes = ImmutableArray.CreateBuilder<RoleQuota>(update.Configs.Length);
        foreach (var config in update.Configs)
        {
            if (config.Read(out var change) is { } refusal)
            {
                asker.Tell(Refused(refusal) with { Role = config.Role });
                return;
            }

            changes.Add(change!);
        }

        var read = changes.ToImmutable();
        allocator.Ask<AllocatorProtocol.QuotaWeighed>(new AllocatorProtocol.WeighQuota(read), AllocatorPatience)
            .PipeTo(Self, Sender,
                weighed => new QuotaToDecide(asker, update, read, weighed),
                failure => new QuotaNotWeighed(asker, failure));
    }

    private void DecideQuota(QuotaToDecide quota)
    {
        var (asker, update, changes, weighed) = quota;
        if (weighed.Refusal is { } names)
        {
            asker.Tell(Refused(names));
            return;
        }

        var before = State.Quotas;
        var command = new RegistryCommand.SetQuota(changes, weighed.Accounts, update.Force, update.DryRun);
        Decide(command, answer =>
        {
            if (answer is RegistryReply.QuotaRefused { Refusal: var refusal })
            {
                asker.Tell(Refused(refusal));
                return;
            }

            if (State.Quotas != before)
            {
                allocator.Tell(new AllocatorProtocol.SetQuota(changes));
            }

            asker.Tell(new MasterProtocol.QuotaUpdated(update.Configs, update.DryRun));
        });
    }

    private static MasterProtocol.QuotaRefused Refused(QuotaRefusal refusal) =>
        new(refusal.Fault, refusal.Role.Value, refusal.Resource, refusal.Asked, refusal.Bound);

    /// <summary>Ends the offers that a framework has in a role at an agent; no filter, they may come again.</summary>
    private void Rescind(
        IEnumerable<(FrameworkId Framework, RoleName Role, AgentId Agent)> named, DateTimeOffset? madeUntil = null)
    {
        foreach (var holder in named.GroupBy(static each => each.Framework).OrderBy(static holder => holder.Key))
        {
            ImmutableArray<OfferId> offers =
            [
                .. holder.Distinct().SelectMany(each => book.Find(each.Agent)?.Offers.Where(offer =>
                    book.Find(offer) is { } open && open.FrameworkId == each.Framework
                    && open.Offer.Role == each.Role.Value && !(open.Since > madeUntil)) ?? []),
            ];
            var returned = book.Decline(holder.Key, offers, null);
            TellRescinded(holder.Key, offers);
            Give(returned);
        }
    }

    private void TellRescinded(FrameworkId framework, ImmutableArray<OfferId> offers)
    {
        if (!offers.IsEmpty)
        {
            refs.Frameworks.Tell(new FrameworkProtocol.OffersRescinded(framework, Epoch, offers));
        }
    }

    private sealed record QuotaToDecide(
        IActorRef Asker,
        MasterProtocol.UpdateQuota Update,
        ImmutableArray<RoleQuota> Changes,
        AllocatorProtocol.QuotaWeighed Weighed) : INoSerializationVerificationNeeded;

    private sealed record QuotaNotWeighed(IActorRef Asker, Exception Why) : INoSerializationVerificationNeeded;
}
