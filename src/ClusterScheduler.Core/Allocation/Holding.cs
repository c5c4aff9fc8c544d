using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>What one client holds at one agent.</summary>
internal struct Holding
{
    public ClientState Client;

    /// <summary>In offers that have not ended.</summary>
    public ResourceSet Offered;

    /// <summary>Used by tasks, executors and operations.</summary>
    public ResourceSet Used;

    /// <summary>When the oldest offer that has not ended was made, in ticks.</summary>
    public long OfferedSince;

    /// <summary>Every offer that has not ended, oldest first; null while one round made all of <see cref="Offered"/>.
    /// </summary>
    public List<OpenPart>? Parts;

    public readonly bool IsEmpty => Offered.IsEmpty && Used.IsEmpty;

    /// <summary>What was offered in the round of that time and has not ended.</summary>
    public readonly ResourceSet OfferedAt(long ticks)
    {
        if (Parts is null)
        {
            return OfferedSince == ticks ? Offered : ResourceSet.Empty;
        }

        foreach (var part in Parts)
        {
            if (part.Since == ticks)
            {
                return part.Resources;
            }
        }

        return ResourceSet.Empty;
    }

    /// <summary>Adds an offer made at a time that is not before any earlier one.</summary>
    public void Offer(in ResourceSet resources, long ticks)
    {
        if (Offered.IsEmpty)
        {
            OfferedSince = ticks;
        }
        else if (Parts is null && ticks != OfferedSince)
        {
            Parts = [new OpenPart(OfferedSince, Offered)];
        }

        Offered += resources;
        if (Parts is null)
        {
            return;
        }

        if (Parts[^1].Since == ticks)
        {
            Parts[^1] = Parts[^1] with { Resources = Parts[^1].Resources + resources };
        }
        else
        {
            Parts.Add(new OpenPart(ticks, resources));
        }
    }

    /// <summary>
    /// Ends what is offered: an offer that is just this, the oldest such first; else parts of the oldest offers.
    /// </summary>
    /// <returns>Cpus times the seconds that they were held.</returns>
    public double End(in ResourceSet resources, long ticks)
    {
        Offered -= resources;
        if (Parts is null)
        {
            var seconds = CpuSeconds(resources, OfferedSince, ticks);
            OfferedSince = Offered.IsEmpty ? 0 : OfferedSince;
            return seconds;
        }

        return EndParts(resources, ticks);
    }

    /// <summary>What an offer holds becomes something else; the offer stays as old as it is.</summary>
    public void Convert(in ResourceSet before, in ResourceSet after)
    {
        Offered = Offered - before + after;
        for (var at = 0; Parts is not null && at < Parts.Count; at++)
        {
            if (Parts[at].Resources.TrySubtract(before, out var rest))
            {
                Parts[at] = Parts[at] with { Resources = rest + after };
                return;
            }
        }

        Parts = null; // It is of several offers: they are one from now on, as old as the oldest.
    }

    /// <summary>Cpus times the seconds that all offers were held until now.</summary>
    public readonly double HeldUntil(long ticks)
    {
        if (Parts is null)
        {
            return CpuSeconds(Offered, OfferedSince, ticks);
        }

        var sum = 0.0;
        foreach (var part in Parts)
        {
            sum += CpuSeconds(part.Resources, part.Since, ticks);
        }

        return sum;
    }

    private double EndParts(in ResourceSet resources, long ticks)
    {
        var parts = Parts!;
        var (sum, left, whole) = (0.0, resources, 0);
        while (whole < parts.Count && parts[whole].Resources != resources)
        {
            whole++;
        }

        for (var at = whole % parts.Count; at < parts.Count && !left.IsEmpty; at++)
        {
            var part = parts[at];
            var taken = part.Resources.Intersect(left);
            left -= taken;
            sum += CpuSeconds(taken, part.Since, ticks);
            parts[at] = part with { Resources = part.Resources - taken };
        }

        parts.RemoveAll(static part => part.Resources.IsEmpty);
        OfferedSince = Offered.IsEmpty ? 0 : parts[0].Since;
        Parts = parts.Count > 1 ? parts : null;
        return sum;
    }

    private static double CpuSeconds(in ResourceSet resources, long from, long to) =>
        resources.Cpus.ToDouble() * (Math.Max(0, to - from) / (double)TimeSpan.TicksPerSecond);
}

/// <summary>What is left of one offer.</summary>
/// <param name="Since">When it was made, in ticks.</param>
/// <param name="Resources">Not empty.</param>
internal readonly record struct OpenPart(long Since, ResourceSet Resources);
