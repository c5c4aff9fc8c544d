using System.Numerics;

namespace ClusterScheduler.Core.Placement.MinDelay;

/// <summary>
/// Turns the costs need/free of one request into whole numbers over one common denominator, so that sums are exact
/// and ties are real ties.
/// </summary>
internal sealed class CostScale
{
    private readonly BigInteger[] _weights;

    public CostScale(PlacementRequest request)
    {
        Denominator = request.Agents
            .Where(agent => agent.Free.Cpus > 0)
            .Aggregate(BigInteger.One, (scale, agent) => LeastCommonMultiple(scale, agent.Free.Cpus));
        _weights = [.. request.Agents.Select(agent =>
            agent.Free.Cpus > 0 ? Denominator / agent.Free.Cpus : BigInteger.Zero)];
    }

    /// <summary>What every whole cost is divided by.</summary>
    public BigInteger Denominator { get; }

    /// <summary>
    /// need/free of a task on an agent, times the denominator; at most the denominator where it fits.
    /// </summary>
    public BigInteger Cost(long needCpus, int agent) => needCpus * _weights[agent];

    /// <summary>More than any number of placed tasks can cost together: leaving one out is never worth it.</summary>
    public BigInteger Unplaced(int tasks) => Denominator * (tasks + 1);

    public Ratio ToRatio(BigInteger cost) => new(cost, Denominator);

    private static BigInteger LeastCommonMultiple(BigInteger left, BigInteger right) =>
        left / BigInteger.GreatestCommonDivisor(left, right) * right;
}
