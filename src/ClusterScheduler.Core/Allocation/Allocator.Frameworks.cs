using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Allocation;

/// <summary>Frameworks that come, change, pause and go.</summary>
public sealed partial class Allocator
{
    /// <summary>Adds a framework.</summary>
    /// <param name="profile">The framework.</param>
    /// <param name="isActive">
    /// False while its scheduler is not connected, as for one that only agents have reported.
    /// </param>
    /// <returns>Null, or DoubleFramework, TooManyFrameworks, or what is wrong with its roles.</returns>
    public AllocatorRefusal? AddFramework(FrameworkProfile profile, bool isActive = true)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var refusal = frameworks.ContainsKey(profile.Id)
            ? Refuse(AllocatorFault.DoubleFramework, framework: profile.Id)
            : frameworks.Count >= Settings.FrameworksMax
                ? Refuse(AllocatorFault.TooManyFrameworks, framework: profile.Id)
                : CheckRoles(profile);
        if (refusal is not null)
        {
            return refusal;
        }

        var framework = new FrameworkState(profile) { IsActive = isActive };
        frameworks.Add(profile.Id, framework);
        foreach (var role in profile.Roles)
        {
            Subscribe(framework, role);
        }

        return null;
    }

    /// <summary>
    /// Changes a framework's roles, suppression, capabilities, least offers or constraints. What it holds in a
    /// role that
    /// it leaves stays charged there until it is recovered; its offers there are the master's to rescind.
    /// </summary>
    /// <returns>Null, or UnknownFramework, or what is wrong with its roles.</returns>
    public AllocatorRefusal? UpdateFramework(FrameworkProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var refusal = frameworks.TryGetValue(profile.Id, out var framework)
            ? CheckRoles(profile)
            : Refuse(AllocatorFault.UnknownFramework, framework: profile.Id);
        if (refusal is not null)
        {
            return refusal;
        }

        framework!.Profile = profile;
        foreach (var role in profile.Roles)
        {
            Subscribe(framework, role);
        }

        foreach (var client in framework.Clients.Values.ToArray())
        {
            if (client.IsSubscribed && !profile.Roles.Contains(client.Leaf.Role.Role))
            {
                client.IsSubscribed = false;
                ForgetFilters(client);
                tree.Deactivate(client);
                RemoveClientIfIdle(client);
            }
        }

        return null;
    }

    /// <summary>
    /// Whether the framework's scheduler is connected; what it holds stays as it is. Twice changes nothing.
    /// </summary>
    /// <returns>Null, or UnknownFramework.</returns>
    public AllocatorRefusal? SetFrameworkActive(FrameworkId id, bool isActive)
    {
        if (!frameworks.TryGetValue(id, out var framework))
        {
            return Refuse(AllocatorFault.UnknownFramework, framework: id);
        }

        if (framework.IsActive != isActive)
        {
            framework.IsActive = isActive;
            toAsk.UnionWith(leaving);
            foreach (var client in framework.Clients.Values)
            {
                // Mesos forgets the filters of a framework that goes away; one that returns starts afresh.
                ForgetFilters(client);
                FollowWishes(client);
            }
        }

        return null;
    }

    /// <summary>
    /// Removes a framework with all that is offered to or used by it; nothing of it need be recovered.
    /// </summary>
    /// <returns>Null, or UnknownFramework.</returns>
    public AllocatorRefusal? RemoveFramework(FrameworkId id)
    {
        if (!frameworks.TryGetValue(id, out var framework))
        {
            return Refuse(AllocatorFault.UnknownFramework, framework: id);
        }

        framework.IsActive = false;
        foreach (var client in framework.Clients.Values)
        {
            tree.Deactivate(client);
        }

        EndHoldingsOf(framework);

        foreach (var client in framework.Clients.Values.ToArray())
        {
            client.IsSubscribed = false;
            RemoveClientIfIdle(client);
        }

        asked.Forget(id);
        frameworks.Remove(id);
        return null;
    }

    /// <summary>The framework wants no offers in these roles for now (none given: in any role).</summary>
    /// <returns>Null, or UnknownFramework, or NotSubscribed.</returns>
    public AllocatorRefusal? Suppress(FrameworkId id, params IReadOnlyList<RoleName> roles) =>
        ForClients(id, roles, client =>
        {
            client.IsSuppressed = true;
            FollowWishes(client);
        });

    /// <summary>
    /// The framework wants offers again in these roles (none given: in all), and its filters there are
    /// forgotten.
    /// </summary>
    /// <returns>Null, or UnknownFramework, or NotSubscribed.</returns>
    public AllocatorRefusal? Revive(FrameworkId id, params IReadOnlyList<RoleName> roles) =>
        ForClients(id, roles, client =>
        {
            client.IsSuppressed = false;
            ForgetFilters(client);
            ForgetInverseFilters(id);
            FollowWishes(client);
        });

    private AllocatorRefusal? ForClients(FrameworkId id, IReadOnlyList<RoleName> roles, Action<ClientState> change)
    {
        if (!frameworks.TryGetValue(id, out var framework))
        {
            return Refuse(AllocatorFault.UnknownFramework, framework: id);
        }

        foreach (var role in roles)
        {
            if (!framework.Clients.TryGetValue(role, out var client) || !client.IsSubscribed)
            {
                return Refuse(AllocatorFault.NotSubscribed, framework: id, role: role);
            }
        }

        foreach (var client in framework.Clients.Values)
        {
            if (client.IsSubscribed && (roles.Count == 0 || roles.Contains(client.Leaf.Role.Role)))
            {
                change(client);
            }
        }

        return null;
    }

    private AllocatorRefusal? CheckRoles(FrameworkProfile profile)
    {
        var roles = profile.Roles;
        var fault = roles.Count == 0 ? AllocatorFault.NoRole
            : roles.Count > Settings.RolesPerFrameworkMax ? AllocatorFault.TooManyRoles
            : roles.Distinct().Count() != roles.Count ? AllocatorFault.DoubleRole
            : roles.Count > 1 && (profile.Capabilities & FrameworkCapabilities.MultiRole) == 0
                ? AllocatorFault.MultiRoleNeeded
                : (AllocatorFault?)null;
        if (fault is not null)
        {
            return Refuse(fault.Value, framework: profile.Id);
        }

        foreach (var role in profile.SuppressedRoles.Concat(profile.MinAllocatable.Keys)
            .Concat(profile.Constraints.Keys).Where(role => !roles.Contains(role)))
        {
            return Refuse(AllocatorFault.NotSubscribed, framework: profile.Id, role: role);
        }

        foreach (var (role, least) in profile.MinAllocatable)
        {
            if (least.Alternatives.Any(static alternative => alternative.AnyNegative))
            {
                return Refuse(AllocatorFault.NegativeAmount, framework: profile.Id, role: role);
            }
        }

        return null;
    }

    private void Subscribe(FrameworkState framework, RoleName role)
    {
        var profile = framework.Profile;
        var client = EnsureClient(framework, role);
        client.IsSubscribed = true;
        client.IsSuppressed = profile.SuppressedRoles.Contains(role);
        client.Minimum = profile.MinAllocatable.TryGetValue(role, out var min)
            ? new LeastOffer(min)
            : minimum;
        client.Constraints = profile.Constraints.GetValueOrDefault(role);
        FollowWishes(client);
    }

    private void FollowWishes(ClientState client)
    {
        if (client.WantsOffers)
        {
            tree.Activate(client);
            dirty.Mark(client);
        }
        else
        {
            tree.Deactivate(client);
        }
    }

    private void ForgetFilters(ClientState client)
    {
        if (client.HasFilters)
        {
            var number = NewFilterNumber();
            clientsByFilter.Remove(client.FilterNumber);
            (client.FilterNumber, client.HasFilters) = (number, false);
            clientsByFilter.Add(number, client);
        }
    }

    private ClientState EnsureClient(FrameworkState framework, RoleName role)
    {
        if (!framework.Clients.TryGetValue(role, out var client))
        {
            client = new ClientState(framework, tree.Ensure(role).Leaf, NewFilterNumber());
            clientsByFilter.Add(client.FilterNumber, client);
            framework.Clients.Add(role, client);
            tree.AddMember(client);
        }

        return client;
    }

    private void RemoveClientIfIdle(ClientState client)
    {
        if (!client.IsSubscribed && client.Holdings == 0 && client.Framework.Clients.Remove(client.Leaf.Role.Role))
        {
            clientsByFilter.Remove(client.FilterNumber);
            tree.RemoveMember(client);
        }
    }
}
