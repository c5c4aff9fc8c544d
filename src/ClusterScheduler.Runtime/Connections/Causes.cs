namespace ClusterScheduler.Runtime.Connections;

/// <summary>What is behind a failed connection: exceptions come in exceptions of the layers above.</summary>
public static class Causes
{
    /// <summary>The outermost of the kind; none where none is among them.</summary>
    public static T? Find<T>(Exception? failure)
        where T : Exception
    {
        while (failure is not null and not T)
        {
            failure = failure.InnerException;
        }

        return (T?)failure;
    }
}
