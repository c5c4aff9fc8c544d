using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// The tree of roles with its shares kept in order and its quota accounts. A change costs time in the depth of
/// the role
/// and the logarithm of its siblings. Shares follow at once; positions in the orders are renewed by
/// <see cref="Refresh"/>, once for many changes.
/// </summary>
internal sealed partial class RoleTree(ShareScale scale)
{
    private readonly SortedDictionary<RoleName, RoleNode> roles = [];
    private readonly List<ShareUnit> stale = [];
    private bool allStale;

    public RoleNode Root { get; } = new(default, null);

    public IReadOnlyCollection<RoleNode> Roles => roles.Values;

    public RoleNode? Find(RoleName role) => roles.GetValueOrDefault(role);

    public RoleNode Ensure(RoleName role)
    {
        if (roles.TryGetValue(role, out var node))
        {
            return node;
        }

        var parent = role.Parent is { } above ? Ensure(above) : Root;
        node = new RoleNode(role, parent);
        parent.Children.Add(node.Name, node);
        roles.Add(role, node);
        return node;
    }

    /// <summary>Takes the node out, and those above it, where nothing keeps them.</summary>
    public void RemoveIfIdle(RoleNode node)
    {
        for (var at = node; at.Parent is { } parent && at.IsIdle; at = parent)
        {
            parent.Children.Remove(at.Name);
            roles.Remove(at.Role);
        }
    }

    public void AddMember(ClientState client)
    {
        client.Leaf.Members++;
        for (var node = client.Leaf.Role; node is not null; node = node.Parent!)
        {
            node.Members++;
        }
    }

    /// <summary>A role without frameworks forgets how often it was served.</summary>
    public void RemoveMember(ClientState client)
    {
        var leaf = client.Leaf;
        leaf.Members--;
        leaf.Count = leaf.Members == 0 ? 0 : leaf.Count;
        for (var node = leaf.Role; node is not null; node = node.Parent!)
        {
            node.Members--;
            node.Count = node.Members == 0 ? 0 : node.Count;
        }

        RemoveIfIdle(leaf.Role);
    }

    /// <summary>Puts the client in order, and its role and those above where they were not.</summary>
    public void Activate(ClientState client)
    {
        if (client.IsFiled)
        {
            return;
        }

        Reshare(client);
        client.Leaf.Clients.Add(client);
        File(client.Leaf, client.Leaf.Role.Order);
        for (var node = client.Leaf.Role; node.Parent is { } parent; node = parent)
        {
            File(node, parent.Order);
        }
    }

    public void Deactivate(ClientState client)
    {
        if (!client.IsFiled)
        {
            return;
        }

        client.Leaf.Clients.Remove(client);
        if (client.Leaf.Clients.Count == 0)
        {
            client.Leaf.Role.Order.Remove(client.Leaf);
        }

        for (var node = client.Leaf.Role; node is { Parent: { } parent, Order.Count: 0 }; node = parent)
        {
            parent.Order.Remove(node);
        }
    }

    public void SetWeight(RoleNode node, double weight)
    {
        node.Weight = weight;
        node.Parent?.Order.NoteWeight();
        Reshare(node);
        RemoveIfIdle(node);
    }

    /// <summary>Counts one more allocation for the client, its role, and all above.</summary>
    public void CountAllocation(ClientState client)
    {
        client.Count++;
        client.Leaf.Count++;
        MarkStale(client);
        MarkStale(client.Leaf);
        for (var node = client.Leaf.Role; node.Parent is not null; node = node.Parent)
        {
            node.Count++;
            MarkStale(node);
        }
    }

    /// <summary>Adds to what a client holds; amounts may be negative.</summary>
    /// <param name="client">Who holds it.</param>
    /// <param name="all">Everything, for fair sharing.</param>
    /// <param name="unreserved">The part that counts against quota.</param>
    /// <param name="offered">The part of that which is offered and not yet accepted.</param>
    public void Charge(ClientState client, in Quantities all, in Quantities unreserved, in Quantities offered)
    {
        client.Allocated += all;
        client.Leaf.Allocated += all;
        Reshare(client);
        Reshare(client.Leaf);
        for (var node = client.Leaf.Role; node.Parent is not null; node = node.Parent)
        {
            node.Allocated += all;
            Consume(node, unreserved);
            node.Offered += offered;
            Reshare(node);
        }

        Root.Allocated += all;
        UpdateNeeds(client.Leaf.Role);
    }

    /// <summary>Whether every share must be computed anew, with the scale set first.</summary>
    public bool AreSharesInvalid => allStale;

    /// <summary>Every share must be computed anew: the cluster's total changed.</summary>
    public void InvalidateShares() => allStale = true;

    /// <summary>Brings every order up to date; must precede every walk.</summary>
    public void Refresh()
    {
        if (allStale)
        {
            allStale = false;
            Rebuild(Root);
            foreach (var unit in stale)
            {
                unit.IsStale = false;
            }

            stale.Clear();
        }

        foreach (var unit in stale)
        {
            unit.IsStale = false;
            if (unit.IsFiled)
            {
                OrderOf(unit).Refile(unit);
            }
        }

        stale.Clear();
    }

    private static ShareOrder OrderOf(ShareUnit unit) => unit switch
    {
        ClientState client => client.Leaf.Clients,
        RoleLeaf leaf => leaf.Role.Order,
        RoleNode node => node.Parent!.Order,
        _ => throw new InvalidOperationException(unit.Name),
    };

    private void File(ShareUnit unit, ShareOrder order)
    {
        if (!unit.IsFiled)
        {
            Reshare(unit);
            order.Add(unit);
        }
    }

    private void Rebuild(RoleNode node)
    {
        foreach (var child in node.Children.Values)
        {
            Rebuild(child);
            child.Share = scale.DominantShare(child.Allocated) / child.Weight;
        }

        var clients = node.Leaf.Clients;
        for (var page = 0; page < clients.PageCount; page++)
        {
            foreach (ref readonly var entry in clients[page])
            {
                var client = (ClientState)clients[entry];
                client.Share = scale.DominantShare(client.Allocated);
            }
        }

        node.Leaf.Share = scale.DominantShare(node.Leaf.Allocated);
        clients.Rebuild();
        node.Order.Rebuild();
    }

    private void Reshare(ShareUnit unit)
    {
        if (allStale)
        {
            return;
        }

        unit.Share = unit switch
        {
            ClientState client => scale.DominantShare(client.Allocated),
            RoleLeaf leaf => scale.DominantShare(leaf.Allocated),
            RoleNode node => scale.DominantShare(node.Allocated) / node.Weight,
            _ => throw new InvalidOperationException(unit.Name),
        };
        MarkStale(unit);
    }

    private void MarkStale(ShareUnit unit)
    {
        if (!unit.IsStale)
        {
            unit.IsStale = true;
            stale.Add(unit);
        }
    }
}
