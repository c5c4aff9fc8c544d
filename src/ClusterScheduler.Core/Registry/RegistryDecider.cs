using ClusterScheduler.Core.Frameworks;
using Outcome = ClusterScheduler.Core.Decisions.Decision<
    ClusterScheduler.Core.Registry.RegistryEvent, ClusterScheduler.Core.Decisions.NoEffect>;

namespace ClusterScheduler.Core.Registry;

/// <summary>Who is admitted to the cluster (mesos-semantics.md, sections 10 and 11).</summary>
public static partial class RegistryDecider
{
    /// <summary>Decides one command.</summary>
    public static Outcome Decide(RegistryState state, RegistryCommand command, DateTimeOffset now) => command switch
    {
        RegistryCommand.TakeOffice take => TakeOffice(state, take, now),
        RegistryCommand.AdmitAgent admit => AdmitAgent(state, admit, now),
        RegistryCommand.MarkUnreachable mark => MarkUnreachable(state, mark.AgentId, now),
        RegistryCommand.MarkGone mark => MarkGone(state, mark.AgentId, now),
        RegistryCommand.NoteAnnounced note => NoteAnnounced(state, note, now),
        RegistryCommand.Prune prune => Prune(state, prune, now),
        RegistryCommand.AdmitFramework admit => AdmitFramework(state, admit, now),
        RegistryCommand.RemoveFramework remove => RemoveFramework(state, remove, now),
        RegistryCommand.ConvertResources convert => Convert(state, convert, now),
        RegistryCommand.SetWeights set => SetWeights(state, set, now),
        RegistryCommand.SetQuota set => SetQuota(state, set, now),
        RegistryCommand.ScheduleMaintenance schedule => ScheduleMaintenance(state, schedule, now),
        RegistryCommand.StartMaintenance start => StartMaintenance(state, start, now),
        RegistryCommand.StopMaintenance stop => StopMaintenance(state, stop, now),
        _ => throw new InvalidOperationException($"no rule for {command.GetType().Name}"),
    };

    /// <summary>The only thing that changes the registry.</summary>
    public static RegistryState Apply(RegistryState state, RegistryEvent @event) => @event switch
    {
        RegistryEvent.MasterElected elected when elected.Epoch > state.Epoch =>
            state with { ClusterId = elected.ClusterId, Epoch = elected.Epoch },
        RegistryEvent.AgentAdmitted admitted => Admit(state, admitted),
        RegistryEvent.AgentMarkedUnreachable marked =>
            Mark(state, marked.AgentId, RegisteredStanding.Unreachable, marked.At),
        RegistryEvent.AgentMarkedGone marked => Mark(state, marked.AgentId, RegisteredStanding.Gone, marked.At),
        RegistryEvent.AgentsAnnounced told => Announce(state, told.AgentIds),
        RegistryEvent.AgentsForgotten forgotten => Forget(state, forgotten.AgentIds),
        RegistryEvent.FrameworksForgotten forgotten =>
            state with { Frameworks = state.Frameworks.RemoveRange(forgotten.FrameworkIds) },
        RegistryEvent.FrameworkAdmitted admitted => state with
        {
            Frameworks = state.Frameworks.SetItem(admitted.FrameworkId,
                new AdmittedFramework(admitted.Info, null, admitted.At)),
        },
        RegistryEvent.FrameworkRemoved removed => state with
        {
            Frameworks = state.Frameworks.SetItem(removed.FrameworkId,
                state.Frameworks[removed.FrameworkId] with { Removed = removed.Why, Since = removed.At }),
        },
        RegistryEvent.AgentResourcesConverted converted => Apply(state, converted),
        RegistryEvent.WeightsSet set => Apply(state, set),
        RegistryEvent.QuotaSet set => Apply(state, set),
        RegistryEvent.MaintenanceScheduled scheduled => Apply(state, scheduled),
        RegistryEvent.MaintenanceStarted started => Apply(state, started),
        RegistryEvent.MaintenanceStopped stopped =>
            state with { Machines = state.Machines.RemoveRange(stopped.Machines) },
        _ => throw new InvalidOperationException($"{@event.GetType().Name} cannot follow on epoch {state.Epoch}"),
    };

    private static Outcome TakeOffice(RegistryState state, RegistryCommand.TakeOffice take, DateTimeOffset now)
    {
        var clusterId = state.ClusterId.Length == 0 ? take.FreshClusterId : state.ClusterId;
        var isLate = RegistryCommand.TakeOffice.CanFollow(take.After, state.Epoch);
        var epoch = (isLate ? take.After : state.Epoch).Next();
        return Outcome.Storing(new RegistryEvent.MasterElected(clusterId, epoch, now))
            .With(new RegistryReply.InOffice(epoch));
    }

    private static Outcome AdmitFramework(
        RegistryState state, RegistryCommand.AdmitFramework admit, DateTimeOffset now)
    {
        if (FrameworkRules.Check(admit.Info) is { } broken)
        {
            return Outcome.Answered(new RegistryReply.FrameworkRefused(broken));
        }

        var stored = Outcome.Storing(new RegistryEvent.FrameworkAdmitted(admit.FrameworkId, admit.Info, now))
            .With(new RegistryReply.FrameworkIn());
        return state.Frameworks.TryGetValue(admit.FrameworkId, out var known) switch
        {
            true when known.Removed is { } why => Outcome.Answered(new RegistryReply.FrameworkRefused(
                $"framework '{admit.FrameworkId}' was removed at {known.Since:u} ({why}); subscribe under a new id")),
            true when known.Info.Equals(admit.Info) => Outcome.Answered(new RegistryReply.FrameworkIn()),
            _ => stored,
        };
    }

    private static Outcome RemoveFramework(
        RegistryState state, RegistryCommand.RemoveFramework remove, DateTimeOffset now) =>
        state.Frameworks.TryGetValue(remove.FrameworkId, out var known) && known.Removed is null
            ? Outcome.Storing(new RegistryEvent.FrameworkRemoved(remove.FrameworkId, remove.Why, now))
                .With(new RegistryReply.FrameworkOut())
            : Outcome.Answered(new RegistryReply.FrameworkOut());
}
