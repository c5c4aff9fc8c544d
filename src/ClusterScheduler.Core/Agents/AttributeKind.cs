using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Agents;

/// <summary>What an attribute's value reads as; only texts can fail a comparison (Mesos: <c>Value.Type</c>).</summary>
public enum AttributeKind
{
    /// <summary>Anything that is neither of the others.</summary>
    Text,

    /// <summary>A number that is not negative.</summary>
    Scalar,

    /// <summary>Ranges of whole numbers in brackets.</summary>
    Ranges,
}

/// <summary>Finds the kind of an attribute's value from its text, as Mesos does.</summary>
public static class AttributeKinds
{
    /// <summary>The kind that the text reads as.</summary>
    public static AttributeKind Of(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Scalar.TryParse(value, out _, out _) ? AttributeKind.Scalar
            : value.StartsWith('[') && value.EndsWith(']') ? AttributeKind.Ranges
            : AttributeKind.Text;
    }
}
