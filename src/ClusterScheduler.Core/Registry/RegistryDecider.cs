using ClusterScheduler.Core.Agents;
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
        RegistryCommand.AdmitFramework admit => AdmitFramework(state, admit, now),
        RegistryCommand.RemoveFramework remove => RemoveFramework(state, remove, now),
        RegistryCommand.SetWeights set => SetWeights(state, set, now),
        RegistryCommand.SetQuota set => SetQuota(state, set, now),
        _ => throw new InvalidOperationException($"no rule for {command.GetType().Name}"),
    };

    /// <summary>The only thing that changes the registry.</summary>
    public static RegistryState Apply(RegistryState state, RegistryEvent @event) => @event switch
    {
        RegistryEvent.MasterElected elected when elected.Epoch > state.Epoch =>
            state with { ClusterId = elected.ClusterId, Epoch = elected.Epoch },
        RegistryEvent.AgentAdmitted admitted => state with
        {
            NextAgent = state.Agents.ContainsKey(admitted.AgentId) ? state.NextAgent : state.NextAgent + 1,
            Agents = state.Agents.SetItem(admitted.AgentId,
                new AdmittedAgent(admitted.Info, RegisteredStanding.Admitted, admitted.At)),
            Incarnations = state.Agents.ContainsKey(admitted.AgentId)
                ? state.Incarnations
                : state.Incarnations.Add(admitted.Incarnation, admitted.AgentId),
        },
        RegistryEvent.AgentMarkedUnreachable marked =>
            Mark(state, marked.AgentId, RegisteredStanding.Unreachable, marked.At),
        RegistryEvent.AgentMarkedGone marked => Mark(state, marked.AgentId, RegisteredStanding.Gone, marked.At),
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
        RegistryEvent.WeightsSet set => Apply(state, set),
        RegistryEvent.QuotaSet set => Apply(state, set),
        _ => throw new InvalidOperationException($"{@event.GetType().Name} cannot follow on epoch {state.Epoch}"),
    };

    private static Outcome TakeOffice(RegistryState state, RegistryCommand.TakeOffice take, DateTimeOffset now)
    {
        var clusterId = state.ClusterId.Length == 0 ? take.FreshClusterId : state.ClusterId;
        var epoch = state.Epoch.Next();
        return Outcome.Storing(new RegistryEvent.MasterElected(clusterId, epoch, now))
            .With(new RegistryReply.InOffice(epoch));
    }

    private static Outcome AdmitAgent(RegistryState state, RegistryCommand.AdmitAgent admit, DateTimeOffset now)
    {
        if (AgentRules.Check(admit.Info) is { } broken)
        {
            return Refuse(AgentAdmissionRefusal.InvalidInfo, broken);
        }

        var asked = admit.AgentId
            ?? (state.Incarnations.TryGetValue(admit.Incarnation, out var earlier) ? earlier : null);
        if (asked is not { } id)
        {
            var fresh = new AgentId(FormattableString.Invariant($"{state.ClusterId}-S{state.NextAgent}"));
            return Outcome.Storing(new RegistryEvent.AgentAdmitted(fresh, admit.Info, admit.Incarnation, now))
                .With(new RegistryReply.AgentIn(fresh, WasUnreachable: false));
        }

        if (!state.Agents.TryGetValue(id, out var known))
        {
            return Refuse(AgentAdmissionRefusal.UnknownId,
                $"agent id '{id}' was not given out by cluster {state.ClusterId}; "
                + "is this the directory of another cluster?");
        }

        if (known.Standing == RegisteredStanding.Gone)
        {
            return Refuse(AgentAdmissionRefusal.MarkedGone,
                $"agent '{id}' was declared gone at {known.Since:u}; "
                + "start it with an empty directory to join as a new one");
        }

        var answer = new RegistryReply.AgentIn(id, known.Standing == RegisteredStanding.Unreachable);
        return known.Standing == RegisteredStanding.Admitted && known.Info.Equals(admit.Info)
            ? Outcome.Answered(answer)
            : Outcome.Storing(new RegistryEvent.AgentAdmitted(id, admit.Info, admit.Incarnation, now)).With(answer);
    }

    private static Outcome Refuse(AgentAdmissionRefusal refusal, string message) =>
        Outcome.Answered(new RegistryReply.AgentRefused(refusal, message));

    private static Outcome MarkUnreachable(RegistryState state, AgentId id, DateTimeOffset now) =>
        state.Agents.TryGetValue(id, out var known) && known.Standing == RegisteredStanding.Admitted
            ? Outcome.Storing(new RegistryEvent.AgentMarkedUnreachable(id, now))
                .With(new RegistryReply.AgentMarked(id))
            : Outcome.Answered(new RegistryReply.NothingToMark(id));

    private static Outcome MarkGone(RegistryState state, AgentId id, DateTimeOffset now) =>
        state.Agents.TryGetValue(id, out var known) && known.Standing != RegisteredStanding.Gone
            ? Outcome.Storing(new RegistryEvent.AgentMarkedGone(id, now)).With(new RegistryReply.AgentMarked(id))
            : Outcome.Answered(new RegistryReply.NothingToMark(id));

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

    private static RegistryState Mark(
        RegistryState state, AgentId id, RegisteredStanding standing, DateTimeOffset at) => state with
        {
            Agents = state.Agents.SetItem(id, state.Agents[id] with { Standing = standing, Since = at }),
        };
}
