using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Frameworks;

/// <summary>What a framework's description must fulfil.</summary>
public static class FrameworkRules
{
    /// <summary>The most roles that one framework may be in.</summary>
    public const int RolesMax = 256;

    /// <summary>The rule that the id breaks; else none.</summary>
    public static string? CheckId(FrameworkId id) => IdRules.Check("framework id", id.Value);

    /// <summary>
    /// The first rule that is broken: a sentence with the value and what would be right; else none.
    /// </summary>
    public static string? Check(FrameworkInfo info)
    {
        if (string.IsNullOrWhiteSpace(info.Name))
        {
            return "name is empty; give the framework a name that people know it by";
        }

        if (info.FailoverTimeout < TimeSpan.Zero)
        {
            return $"failover timeout is {info.FailoverTimeout}; it must not be negative";
        }

        if (info.Roles.IsDefaultOrEmpty || info.Roles.Length > RolesMax)
        {
            var named = info.Roles.IsDefault ? 0 : info.Roles.Length;
            return $"a framework is in 1 to {RolesMax} roles; this one names {named}";
        }

        foreach (var role in info.Roles)
        {
            if (!RoleName.TryParse(role, out _, out var refusal))
            {
                return $"role '{role}' is not a valid role name ({refusal.InWords()})";
            }
        }

        if (info.Roles.Distinct(StringComparer.Ordinal).Count() != info.Roles.Length)
        {
            return "a role is named twice";
        }

        return info.Roles.Length > 1
            && !CapabilityNames.Read(info.Capabilities).HasFlag(FrameworkCapabilities.MultiRole)
            ? "more than one role needs the capability MULTI_ROLE"
            : WishRules.Check(info);
    }
}
