using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// What the frameworks of one role may have of one agent now, by what they understand. Made once for all of them, so
/// that asking one more framework allocates nothing.
/// </summary>
internal sealed class RolePart(ScalarNames names)
{
    private const int NoRevocable = 1;
    private const int NoRefinement = 2;
    private const int Kinds = 4;

    private readonly ResourceSet[] understood = new ResourceSet[Kinds];
    private readonly Quantities[] amounts = new Quantities[Kinds];
    private readonly ResourceSet[] withShared = new ResourceSet[Kinds];
    private int known;
    private int knownShared;

    public bool IsEmpty => understood[0].IsEmpty;

    /// <summary>What there is for frameworks that understand everything, without shared volumes.</summary>
    public void Set(in ResourceSet whole)
    {
        understood[0] = whole;
        (known, knownShared) = (0, 0);
    }

    /// <summary>What the framework understands of it, valid until the next <see cref="Set"/>.</summary>
    public ref readonly ResourceSet For(FrameworkState framework, out Quantities sums)
    {
        var kind = KindOf(framework);
        if ((known & (1 << kind)) == 0)
        {
            known |= 1 << kind;
            understood[kind] = OfferRules.Understood(understood[0], framework);
            amounts[kind] = names.All(understood[kind]);
        }

        sums = amounts[kind];
        return ref understood[kind];
    }

    /// <summary>
    /// The same with the agent's shared volumes that the framework may be shown and that nobody was in this round.
    /// </summary>
    public ref readonly ResourceSet WithShared(ClientState client, AgentState agent)
    {
        var framework = client.Framework;
        var kind = KindOf(framework);
        if (!framework.Has(FrameworkCapabilities.SharedResources))
        {
            return ref understood[kind];
        }

        if ((knownShared & (1 << kind)) == 0)
        {
            knownShared |= 1 << kind;
            withShared[kind] = understood[kind]
                + OfferRules.SharedFor(client, agent).SubtractWhatIsThere(agent.SharedOffered);
        }

        return ref withShared[kind];
    }

    private static int KindOf(FrameworkState framework) =>
        (framework.Has(FrameworkCapabilities.RevocableResources) ? 0 : NoRevocable)
        | (framework.Has(FrameworkCapabilities.ReservationRefinement) ? 0 : NoRefinement);
}
