using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Registry;
using ClusterScheduler.Master.Allocation;

namespace ClusterScheduler.Master;

/// <summary>Agents that are lost or gone: pings, removals, the operator's word, and what is forgotten.</summary>
public sealed partial class MasterActor
{
    private const string WatchTimer = "watch";
    private const string GcTimer = "gc";

    private readonly AgentWatch watch;
    private bool refusalSaid;
    private DateTimeOffset nextCall;
    private int calls;

    private void LossCommands()
    {
        Command<WatchAgents>(_ => TurnWatch());
        Command<CollectGarbage>(_ => Prune());
        Command<MasterProtocol.MarkAgentGone>(MarkGone);
        Command<AllocatorProtocol.AgentNotTaken>(NotTaken);
        Command<MasterProtocol.AllowAgentRemovals>(_ =>
        {
            var missing = watch.AllowRemovals();
            Logger.Warning("an operator allows {0} agents to be declared unreachable", missing);
            Sender.Tell(new MasterProtocol.AgentRemovalsAllowed(Epoch, missing));
        });
    }

    private void WatchFromNowOn()
    {
        watch.Recover(State.Agents.Where(static agent => agent.Value.Standing == RegisteredStanding.Admitted)
            .Select(static agent => agent.Key), Now);
        CallAgents();
        Timers.StartPeriodicTimer(WatchTimer, WatchAgents.Instance, options.Watch.Tick);
        Timers.StartPeriodicTimer(GcTimer, CollectGarbage.Instance, options.RegistryGcInterval);
    }

    /// <summary>
    /// Tells every agent that there is a new master, and again, less and less often, while known ones are missing.
    /// </summary>
    private void CallAgents()
    {
        var now = Now;
        if (now < nextCall || (calls > 0 && watch.Recovered.Count == 0))
        {
            return;
        }

        nextCall = now + options.Retry * Math.Pow(2, Math.Min(calls++, 5));
        Context.System.EventStream.Publish(new AgentProtocol.MasterElected(Epoch)
        {
            Within = watch.ReturnWithin,
        });
    }

    private void TurnWatch()
    {
        var turn = watch.Turn(Now);
        foreach (var agent in turn.Ping)
        {
            if (contacts.TryGetValue(agent, out var contact) && book.Find(agent) is { } ledger)
            {
                contact.Agent.Tell(new AgentProtocol.Ping(agent, ledger.Session));
            }
        }

        foreach (var agent in turn.Remove)
        {
            Lose(agent);
        }

        if (watch.Refusal is { } refusal && !refusalSaid)
        {
            Logger.Error("{0} of {1} agents did not come back within agent-reregister-timeout ({2}), more than "
                + "recovery-agent-removal-limit ({3:P0}) allows: none of them is declared unreachable, and their tasks "
                + "count as running, until enough are back or an operator allows it", refusal.Missing, refusal.Known,
                options.ReregisterTimeout, refusal.Limit);
        }

        refusalSaid = watch.Refusal is not null;
    }

    /// <summary>An agent is out of reach: stored first, then its offers end and every framework is told.</summary>
    private void Lose(AgentId id)
    {
        watch.Leave(id);
        Decide(new RegistryCommand.MarkUnreachable(id), answer =>
        {
            if (answer is RegistryReply.AgentMarked)
            {
                Logger.Warning("agent {0} is unreachable", id);
                Close(id);
                Announce(new AgentNews(id, AgentTurn.Lost, LatestSession));
            }
        });
    }

    /// <summary>The agent was admitted before the allocator could not take it: it is told so, and lost.</summary>
    private void NotTaken(AllocatorProtocol.AgentNotTaken refused)
    {
        var id = refused.AgentId;
        if (book.Find(id)?.Session != refused.Session || !contacts.TryGetValue(id, out var contact))
        {
            return;
        }

        var why = AllocatorFaults.Say(refused.Refusal);
        Logger.Error("agent {0} is refused: {1}", id, why);
        var reason = AllocatorFaults.MayPass(refused.Refusal.Fault)
            ? AgentProtocol.AgentRefusal.NoRoom
            : AgentProtocol.AgentRefusal.InvalidInfo;
        contact.Agent.Tell(new AgentProtocol.AgentRefused(contact.Incarnation, reason, why));
        Lose(id);
    }

    private void MarkGone(MasterProtocol.MarkAgentGone mark)
    {
        var (asker, id) = (Sender, mark.AgentId);
        Decide(new RegistryCommand.MarkGone(id), answer =>
        {
            if (answer is RegistryReply.AgentMarked)
            {
                Logger.Warning("an operator declares agent {0} gone", id);
                if (contacts.TryGetValue(id, out var contact))
                {
                    contact.Agent.Tell(new AgentProtocol.AgentRefused(contact.Incarnation,
                        AgentProtocol.AgentRefusal.MarkedGone, "an operator declared this agent gone"));
                }

                Close(id);
                Announce(new AgentNews(id, AgentTurn.Gone, LatestSession));
            }

            asker.Tell(new MasterProtocol.AgentMarkedGone(
                id, State.Agents.ContainsKey(id) || RegistryDecider.GaveOut(State, id)));
        });
    }

    private void Close(AgentId id)
    {
        watch.Leave(id);
        EndOffersOf(id);
        VoidInverse(id);
        allocator.Tell(new AllocatorProtocol.RemoveAgent(id));
        Part(id);
        foreach (var framework in book.Close(id).Select(static task => task.FrameworkId).Distinct().Order())
        {
            RetireWhenUnused(framework);
        }
    }

    private void Prune()
    {
        var busy = State.Frameworks.Keys.Where(id => book.Find(id) is { Tasks.Count: > 0 });
        Decide(new RegistryCommand.Prune(options.RegistryMaxAgentAge, options.RegistryMaxAgentCount,
            options.MaxCompletedFrameworks, [.. busy]), answer =>
        {
            foreach (var id in ((RegistryReply.Pruned)answer!).DeclaredGone)
            {
                Logger.Warning("agent {0} has been away for longer than registry-max-agent-age, or more than "
                    + "registry-max-agent-count are: it counts as gone", id);
                Announce(new AgentNews(id, AgentTurn.Gone, LatestSession));
            }
        });
    }

    private sealed record WatchAgents : INoSerializationVerificationNeeded
    {
        public static WatchAgents Instance { get; } = new();
    }

    private sealed record CollectGarbage : INoSerializationVerificationNeeded
    {
        public static CollectGarbage Instance { get; } = new();
    }
}
