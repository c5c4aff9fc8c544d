using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Agents;

/// <summary>What an agent's description must fulfil.</summary>
public static class AgentRules
{
    /// <summary>The most attributes of one agent.</summary>
    public const int AttributesMax = 1_000;

    /// <summary>
    /// The first rule that is broken: a sentence with the value and what would be right; else none.
    /// </summary>
    public static string? Check(AgentInfo info)
    {
        if (string.IsNullOrWhiteSpace(info.Hostname) || info.Hostname.Length > 253)
        {
            return $"hostname '{info.Hostname}' must have 1 to 253 characters";
        }

        if (info.Resources.IsEmpty)
        {
            return "the agent offers no resources; give it at least cpus and mem";
        }

        if (PartOverlap.In(info.Resources) is { } overlap)
        {
            return $"in the agent's resources {overlap}; each must be in one part only";
        }

        if (info.Attributes.IsDefault || info.Attributes.Length > AttributesMax)
        {
            return $"an agent has at most {AttributesMax} attributes";
        }

        if (info.Domain is { } domain
            && (!AgentDomain.IsName(domain.Region) || (domain.Zone.Length > 0 && !AgentDomain.IsName(domain.Zone))))
        {
            return $"domain '{domain}' must be REGION or REGION/ZONE, each of letters, digits, '-', '_' and '.', "
                + $"at most {AgentDomain.NameMax}";
        }

        return info.Attributes.Any(static attribute => string.IsNullOrWhiteSpace(attribute.Name))
            ? "an attribute has an empty name"
            : null;
    }
}
