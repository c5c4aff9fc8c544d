using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>Which offers stand in the way of quota: the accounts as they will be without those taken back.</summary>
/// <param name="missing">What guarantees need beyond what is free; negative where that is more.</param>
internal sealed class RecallAccounts(Quantities missing)
{
    private readonly Dictionary<RoleNode, Change> changes = [];
    private Quantities missing = missing;

    /// <summary>
    /// Whether an offer is beyond a limit, or would serve a guarantee and its role is not guaranteed it.
    /// </summary>
    /// <param name="role">Whose framework has it.</param>
    /// <param name="amounts">What of it counts against quota.</param>
    /// <param name="isActive">Whether what comes back can be offered to somebody else.</param>
    public bool IsInTheWay(RoleNode role, in Quantities amounts, bool isActive)
    {
        for (var node = role; node.Parent is not null; node = node.Parent)
        {
            if (node.HasLimit && Overlap(Quantities.Zero - RoomOf(node), amounts))
            {
                return true;
            }
        }

        for (var node = isActive ? role : null; node is not null; node = node.Parent)
        {
            if (Overlap(Lacking(node), amounts) && IsBeyondGuarantee(role, amounts, node))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Counts an offer as taken back.</summary>
    public void TakeBack(RoleNode role, in Quantities amounts, bool isActive)
    {
        var more = Quantities.Zero;
        for (var node = role; node.Parent is not null; node = node.Parent)
        {
            var (change, before) = (Of(node), NeedOf(node));
            changes[node] = new Change(
                change.Back + amounts, node == role ? change.OwnBack + amounts : change.OwnBack, change.More + more);
            more = NeedOf(node) - before;
        }

        missing = missing + more - (isActive ? amounts : Quantities.Zero);
    }

    // What the sub-roles lack of what the node's limit leaves; of the root, what the cluster lacks.
    private Quantities Lacking(RoleNode node) => node.Parent is null ? missing
        : node.HasLimit ? node.ChildrenNeed + Of(node).More - RoomOf(node)
        : Quantities.Zero;

    private Quantities NeedOf(RoleNode node) =>
        RoleTree.Need(node, Of(node).Back, node.ChildrenNeed + Of(node).More, out _);

    private Quantities RoomOf(RoleNode node) => node.Room + Of(node).Back;

    private Change Of(RoleNode node) => changes.GetValueOrDefault(node);

    // What moves below the top stays with it.
    private bool IsBeyondGuarantee(RoleNode role, in Quantities amounts, RoleNode top)
    {
        if (role == top)
        {
            return !Overlap(OwnGuarantee(role) - (OwnConsumed(role) - amounts), amounts);
        }

        for (var node = role; node != top; node = node.Parent!)
        {
            if (Overlap(node.Guarantee - (node.Consumed - Of(node).Back - amounts), amounts))
            {
                return false;
            }
        }

        return true;
    }

    private static Quantities OwnGuarantee(RoleNode role) =>
        role.Children.Values.Aggregate(role.Guarantee, static (left, child) => left - child.Guarantee).ClampToZero();

    private Quantities OwnConsumed(RoleNode role) =>
        role.Children.Values.Aggregate(role.Consumed, static (left, child) => left - child.Consumed)
        - Of(role).OwnBack;

    private static bool Overlap(in Quantities one, in Quantities other) => Quantities.Min(one, other).AnyPositive;

    /// <param name="Back">What came back from the role and below.</param>
    /// <param name="OwnBack">What came back from its own frameworks.</param>
    /// <param name="More">What its sub-roles need more, since limits leave them more.</param>
    private readonly record struct Change(Quantities Back, Quantities OwnBack, Quantities More);
}
