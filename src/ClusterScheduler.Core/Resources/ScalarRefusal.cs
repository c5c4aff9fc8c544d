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
}
