namespace ClusterScheduler.Benchmarks.ControlPlane;

/// <summary>What is alive on the heap.</summary>
internal static class HeapSize
{
    /// <summary>Bytes, when they no longer fall: what was under way (acknowledgements, timers) has ended.</summary>
    public static long Settled()
    {
        var size = long.MaxValue;
        for (var now = GC.GetTotalMemory(true); now < size; now = GC.GetTotalMemory(true))
        {
            size = now;
            Thread.Sleep(TimeSpan.FromSeconds(1));
        }

        return size;
    }
}
