namespace ClusterScheduler.Core.Resources;

/// <summary>Why a number is not an amount of a resource.</summary>
public enum ScalarRefusal
{
    /// <summary>It is an amount.</summary>
    None,

    /// <summary>The number is NaN, or the text is no number.</summary>
    NotANumber,

    /// <summary>The number is infinite.</summary>
    Infinite,

    /// <summary>The number is below zero.</summary>
    Negative,

    /// <summary>The number is above <see cref="Scalar.Max"/>.</summary>
    TooLarge,

    /// <summary>The number is above zero, and would be zero with three decimals.</summary>
    TooSmall,
}

/// <summary>Says a refused amount in words.</summary>
public static class ScalarRefusals
{
    /// <summary>What the amount must be.</summary>
    public static string InWords(this ScalarRefusal refusal) => refusal switch
    {
        ScalarRefusal.NotANumber => "it must be a number, such as 8 or 0.5",
        ScalarRefusal.Negative => "it must not be below zero",
        ScalarRefusal.Infinite or ScalarRefusal.TooLarge => $"it must be at most {Scalar.Max}",
        ScalarRefusal.TooSmall => "it would be nothing: amounts have three decimals; write 0, or 0.001 or more",
        _ => throw new InvalidOperationException($"no words for {refusal}"),
    };
}
