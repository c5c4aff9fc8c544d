namespace ClusterScheduler.Sdk.TestKit;

/// <summary>The scheduler under test did not say what the test expected.</summary>
public sealed class ExpectationFailedException : Exception
{
    /// <summary>With what was expected and what came instead.</summary>
    public ExpectationFailedException(string message)
        : base(message)
    {
    }
}
