using System.Globalization;

namespace ClusterScheduler.Runtime.Commands;

/// <summary>
/// agent gone|allow-removals: what an operator says of lost agents. Without the word of confirmation nothing is done.
/// </summary>
public static class AgentLossCatalogue
{
    private static readonly CommandArgument Yes =
        new("yes", "do it; without, it is only said what would be done", IsOptional: true) { IsSwitch = true };

    /// <summary>Mesos: MARK_AGENT_GONE.</summary>
    public static OperatorCommand Gone { get; } = new(
        "agent", "gone", "Declare an agent gone for ever: its tasks are replaced at once", DeclareGone)
    {
        Arguments = [AgentCatalogue.Agent, Yes],
        Changes = true,
        Examples =
        [
            new("csched agent gone agent-1", "says which tasks would be lost"),
            new("csched agent gone agent-1 --yes", "does it; it can never come back under its id"),
        ],
    };

    public static OperatorCommand AllowRemovals { get; } = new(
        "agent", "allow-removals", "Let the many agents count as lost that a failover left missing", Allow)
    {
        Arguments = [Yes],
        Changes = true,
        Examples = [new("csched agent allow-removals --yes", "when 'csched agent list' says that removals are held")],
    };

    /// <summary>Why agents that are away are not declared unreachable, and what can be done.</summary>
    public static string HeldText(MasterProtocol.HeldRemovals held)
    {
        ArgumentNullException.ThrowIfNull(held);
        return string.Create(CultureInfo.InvariantCulture,
            $"{held.Missing} of {held.Known} agents did not come back after the last failover, more than "
            + $"recovery-agent-removal-limit ({held.Limit:0.##}) allows: none of them is declared unreachable, "
            + $"until enough are back or 'agent allow-removals' allows it.");
    }

    private static async Task<CommandAnswer> DeclareGone(CommandCall call)
    {
        var found = AgentCatalogue.Named((await AgentCatalogue.Ask(call)).Agents, call[AgentCatalogue.Agent]);
        if (found is not [var agent])
        {
            return found.Count == 0
                ? AgentCatalogue.Unknown(call)
                : new CommandAnswer.Refused(CommandFault.Conflict, "agent-ambiguous",
                    $"{found.Count} agents are called '{call[AgentCatalogue.Agent]}': say which by id: "
                    + string.Join(", ", found.Select(each => each.AgentId)));
        }

        if (!call.Has(Yes))
        {
            return new CommandAnswer.Refused(CommandFault.Conflict, "not-confirmed", WhatWouldBeLost(agent));
        }

        var marked = await call.Ask<MasterProtocol.AgentMarkedGone>(
            call.Refs.Master, new MasterProtocol.MarkAgentGone(agent.AgentId));
        return marked.Known
            ? new CommandAnswer.Done($"agent {agent.AgentId} ({agent.Info.Hostname}) is declared gone")
            : AgentCatalogue.Unknown(call);
    }

    private static string WhatWouldBeLost(MasterProtocol.AgentSummary agent)
    {
        var isHere = agent.Standing == MasterProtocol.AgentStanding.Active
            ? ", and it is here: they would be killed there"
            : "";
        return $"nothing was done. Agent {agent.AgentId} ({agent.Info.Hostname}) is "
            + $"{agent.Standing.ToString().ToLowerInvariant()}; {agent.Tasks.Length} tasks would count as ended at once"
            + $"{isHere}, and it could never come back under its id. Add --yes to declare it gone.";
    }

    private static async Task<CommandAnswer> Allow(CommandCall call)
    {
        if ((await AgentCatalogue.Ask(call)).Held is not { } held)
        {
            return new CommandAnswer.Refused(
                CommandFault.Conflict, "nothing-held", "no removals are held: there is nothing to allow");
        }

        if (!call.Has(Yes))
        {
            return new CommandAnswer.Refused(CommandFault.Conflict, "not-confirmed",
                $"nothing was done. {HeldText(held)} Add --yes to allow it: "
                + "their tasks then count as unreachable, and jobs replace them.");
        }

        var allowed = await call.Ask<MasterProtocol.AgentRemovalsAllowed>(
            call.Refs.Master, new MasterProtocol.AllowAgentRemovals());
        return new CommandAnswer.Done($"{allowed.Missing} missing agents may be declared unreachable now");
    }
}
