using System.Collections.Immutable;
using System.Globalization;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Reservations;
using Outcome = ClusterScheduler.Core.Decisions.Decision<
    ClusterScheduler.Core.Registry.RegistryEvent, ClusterScheduler.Core.Decisions.NoEffect>;

namespace ClusterScheduler.Core.Registry;

/// <content>Agents: in, out of reach, gone, forgotten (mesos-semantics.md, section 11).</content>
public static partial class RegistryDecider
{
    private static Outcome AdmitAgent(RegistryState state, RegistryCommand.AdmitAgent admit, DateTimeOffset now)
    {
        if (AgentRules.Check(admit.Info) is { } broken)
        {
            return Refuse(AgentAdmissionRefusal.InvalidInfo, broken);
        }

        if (state.Machines.GetValueOrDefault(admit.Info.Hostname) is { IsDown: true })
        {
            return Refuse(AgentAdmissionRefusal.DownForMaintenance,
                $"machine '{admit.Info.Hostname}' is down for maintenance; its agents are admitted again after "
                + $"'csched maintenance stop {admit.Info.Hostname}'");
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
            return RefuseUnknown(state, id);
        }

        if (AgentTransitions.After(known.Standing, AgentChange.Register) is null)
        {
            return Refuse(AgentAdmissionRefusal.MarkedGone,
                $"agent '{id}' was declared gone at {known.Since:u}; "
                + "start it with an empty directory to join as a new one");
        }

        if (!admit.Info.Resources.Contains(OperationRules.BaseOf(known.Made)))
        {
            return Refuse(AgentAdmissionRefusal.InvalidInfo,
                $"on agent '{id}' {known.Made} was reserved or made to volumes; it must bring at least "
                + $"{OperationRules.BaseOf(known.Made)}, and has {admit.Info.Resources}");
        }

        var answer = new RegistryReply.AgentIn(id, known.Standing == RegisteredStanding.Unreachable);
        return known.Standing == RegisteredStanding.Admitted && known.Info.Equals(admit.Info)
            ? Outcome.Answered(answer)
            : Outcome.Storing(new RegistryEvent.AgentAdmitted(id, admit.Info, admit.Incarnation, now)).With(answer);
    }

    /// <summary>An id that this cluster once gave out and dropped may still have tasks; they must end.</summary>
    private static Outcome RefuseUnknown(RegistryState state, AgentId id) => GaveOut(state, id)
        ? Refuse(AgentAdmissionRefusal.MarkedGone,
            $"agent '{id}' was away for so long that cluster {state.ClusterId} no longer knows it; "
            + "start it with an empty directory to join as a new one")
        : Refuse(AgentAdmissionRefusal.UnknownId,
            $"agent id '{id}' was not given out by cluster {state.ClusterId}; "
            + "is this the directory of another cluster?");

    /// <summary>True for an id that this cluster once gave to an agent, known still or not.</summary>
    public static bool GaveOut(RegistryState state, AgentId id)
    {
        ArgumentNullException.ThrowIfNull(state);
        var prefix = state.ClusterId + "-S";
        return id.Value.StartsWith(prefix, StringComparison.Ordinal)
            && long.TryParse(id.Value.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture,
                out var number)
            && number < state.NextAgent;
    }

    private static Outcome Refuse(AgentAdmissionRefusal refusal, string message) =>
        Outcome.Answered(new RegistryReply.AgentRefused(refusal, message));

    private static Outcome MarkUnreachable(RegistryState state, AgentId id, DateTimeOffset now) =>
        Can(state, id, AgentChange.LoseContact)
            ? Outcome.Storing(new RegistryEvent.AgentMarkedUnreachable(id, now))
                .With(new RegistryReply.AgentMarked(id))
            : Outcome.Answered(new RegistryReply.NothingToMark(id));

    private static Outcome MarkGone(RegistryState state, AgentId id, DateTimeOffset now) =>
        Can(state, id, AgentChange.DeclareGone)
            ? Outcome.Storing(new RegistryEvent.AgentMarkedGone(id, now)).With(new RegistryReply.AgentMarked(id))
            : Outcome.Answered(new RegistryReply.NothingToMark(id));

    private static Outcome NoteAnnounced(RegistryState state, RegistryCommand.NoteAnnounced note, DateTimeOffset now)
    {
        ImmutableArray<AgentId> told =
        [
            .. note.Agents.Where(agent => state.Agents.TryGetValue(agent.AgentId, out var known)
                && !known.Announced && known.Since == agent.Since).Select(static agent => agent.AgentId),
        ];
        return told.IsEmpty ? Outcome.Ignored : Outcome.Storing(new RegistryEvent.AgentsAnnounced(told, now));
    }

    /// <summary>
    /// Keeps the lists of those that are away short (Mesos: registry_max_agent_age, registry_max_agent_count). Who is
    /// only out of reach is declared gone first, so that nothing of it can come back; who is gone is dropped when
    /// every framework knows.
    /// </summary>
    private static Outcome Prune(RegistryState state, RegistryCommand.Prune prune, DateTimeOffset now)
    {
        var away = state.Agents.Where(static agent => agent.Value.Standing != RegisteredStanding.Admitted)
            .OrderBy(static agent => agent.Value.Standing != RegisteredStanding.Gone)
            .ThenBy(static agent => agent.Value.Since).ToImmutableArray();
        var excess = away.Length - prune.AgentsMax;
        var overdue = away.Where((agent, index) =>
            index < excess || now - agent.Value.Since >= prune.AgentAgeMax).ToImmutableArray();
        ImmutableArray<AgentId> forgotten =
        [
            .. overdue.Where(static agent => agent.Value is { Standing: RegisteredStanding.Gone, Announced: true })
                .Select(static agent => agent.Key),
        ];
        ImmutableArray<FrameworkId> removed =
        [
            .. state.Frameworks.Where(framework => framework.Value.Removed is not null
                    && !prune.Busy.Contains(framework.Key))
                .OrderByDescending(static framework => framework.Value.Since)
                .Skip(prune.FrameworksMax).Select(static framework => framework.Key),
        ];
        var events = ImmutableArray.CreateBuilder<RegistryEvent>();
        events.AddRange(overdue.Where(static agent => agent.Value.Standing == RegisteredStanding.Unreachable)
            .Select(agent => new RegistryEvent.AgentMarkedGone(agent.Key, now)));
        if (!forgotten.IsEmpty)
        {
            events.Add(new RegistryEvent.AgentsForgotten(forgotten, now));
        }

        if (!removed.IsEmpty)
        {
            events.Add(new RegistryEvent.FrameworksForgotten(removed, now));
        }

        return new Outcome(events.ToImmutable(), [], new RegistryReply.Pruned(
            [.. events.OfType<RegistryEvent.AgentMarkedGone>().Select(static gone => gone.AgentId)]));
    }

    private static bool Can(RegistryState state, AgentId id, AgentChange change) =>
        AgentTransitions.After(
            state.Agents.TryGetValue(id, out var known) ? known.Standing : RegisteredStanding.Unknown, change)
        is not null;

    private static RegistryState Admit(RegistryState state, RegistryEvent.AgentAdmitted admitted)
    {
        var entry = new AdmittedAgent(admitted.Info, RegisteredStanding.Admitted, admitted.At);
        return state.Agents.TryGetValue(admitted.AgentId, out var known)
            ? state with
            {
                Agents = state.Agents.SetItem(admitted.AgentId, entry with
                {
                    Announced = known.Announced && known.Standing == RegisteredStanding.Admitted,
                    Made = known.Made,
                }),
            }
            : state with
            {
                NextAgent = state.NextAgent + 1,
                Agents = state.Agents.Add(admitted.AgentId, entry),
                Incarnations = state.Incarnations.Add(admitted.Incarnation, admitted.AgentId),
            };
    }

    private static RegistryState Mark(
        RegistryState state, AgentId id, RegisteredStanding standing, DateTimeOffset at) => state with
        {
            Agents = state.Agents.SetItem(
                id, state.Agents[id] with { Standing = standing, Since = at, Announced = false }),
        };

    private static RegistryState Announce(RegistryState state, ImmutableArray<AgentId> told) => state with
    {
        Agents = state.Agents.SetItems(told.Select(
            id => KeyValuePair.Create(id, state.Agents[id] with { Announced = true }))),
    };

    private static RegistryState Forget(RegistryState state, ImmutableArray<AgentId> agents)
    {
        var gone = agents.ToHashSet();
        return state with
        {
            Agents = state.Agents.RemoveRange(agents),
            Incarnations = state.Incarnations.RemoveRange(
                state.Incarnations.Where(each => gone.Contains(each.Value)).Select(static each => each.Key)),
        };
    }
}
