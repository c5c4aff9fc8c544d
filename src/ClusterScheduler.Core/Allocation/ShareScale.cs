using System.Runtime.Intrinsics;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>The cluster's total as divisors, so that a dominant share costs four divisions at once.</summary>
internal sealed class ShareScale(IReadOnlyList<string> excluded)
{
    // A resource that does not count, or of which there is none, is divided by infinity: its share is zero.
    private Vector256<double> main = Vector256.Create(double.PositiveInfinity);
    private double[] more = [];

    public void Set(in Quantities total, ScalarNames names)
    {
        more = new double[names.Count - 4];
        for (var number = 0; number < names.Count; number++)
        {
            var counts = total[number] > 0 && !excluded.Contains(names.NameOf(number));
            var divisor = counts ? total[number] : double.PositiveInfinity;
            if (number < 4)
            {
                main = main.WithElement(number, divisor);
            }
            else
            {
                more[number - 4] = divisor;
            }
        }
    }

    /// <summary>
    /// The largest part of any resource that these amounts are of the total (Ghodsi et al., NSDI 2011).
    /// </summary>
    public double DominantShare(in Quantities amounts)
    {
        var parts = Vector256.ConvertToDouble(amounts.Main) / main;
        var share = Math.Max(
            Math.Max(parts.GetElement(0), parts.GetElement(1)), Math.Max(parts.GetElement(2), parts.GetElement(3)));
        for (var at = 0; at < Math.Min(more.Length, amounts.More.Length); at++)
        {
            share = Math.Max(share, amounts.More[at] / more[at]);
        }

        return share;
    }
}
