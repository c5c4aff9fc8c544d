using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Resources;
using Outcome = ClusterScheduler.Core.Decisions.Decision<
    ClusterScheduler.Core.Registry.RegistryEvent, ClusterScheduler.Core.Decisions.NoEffect>;

namespace ClusterScheduler.Core.Registry;

/// <content>Reservations and volumes: what operations made of agents' resources.</content>
public static partial class RegistryDecider
{
    private static Outcome Convert(
        RegistryState state, RegistryCommand.ConvertResources convert, DateTimeOffset now)
    {
        if (!state.Agents.TryGetValue(convert.AgentId, out var agent))
        {
            return Refuse(new OperationRefusal(OperationFault.UnknownAgent, default));
        }

        var total = agent.Total;
        foreach (var (before, after) in convert.Conversions)
        {
            if (!total.TrySubtract(before, out var rest))
            {
                return Refuse(new OperationRefusal(OperationFault.NotThere, before, total));
            }

            if (OperationRules.CheckBeside(after, rest) is { } refusal)
            {
                return Refuse(refusal);
            }

            total = rest + after;
        }

        return Outcome.Storing(new RegistryEvent.AgentResourcesConverted(convert.AgentId, convert.Conversions, now))
            .With(new RegistryReply.ResourcesConverted());
    }

    private static Outcome Refuse(OperationRefusal refusal) =>
        Outcome.Answered(new RegistryReply.ConversionRefused(refusal));

    // Total: whatever was stored once, a master must be able to read it and take office. Earlier ones stored ports that
    // were in two reservations; an agent that has those twice could not be offered.
    private static RegistryState Apply(RegistryState state, RegistryEvent.AgentResourcesConverted converted)
    {
        var agent = state.Agents[converted.AgentId];
        var made = converted.Conversions.Aggregate(agent.Made, static (made, each) =>
            made.SubtractWhatIsThere(OperationRules.MadeOf(each.Before)) + OperationRules.MadeOf(each.After));
        return state with
        {
            Agents = state.Agents.SetItem(converted.AgentId, agent with { Made = PartOverlap.Once(made) }),
        };
    }
}
