using System.Collections.Concurrent;
using ClusterScheduler.Simulation.Worlds;

namespace ClusterScheduler.Simulation;

/// <summary>Many seeds, on as many threads as are given: each has a simulator of its own.</summary>
public static class SimulationRun
{
    /// <summary>Runs the plans; stops with the first failures.</summary>
    /// <param name="plans">What to run, each independent of the others.</param>
    /// <param name="threads">How many at a time.</param>
    /// <param name="failuresMax">After so many failures no further plan is begun.</param>
    /// <param name="done">Told of each result, one at a time.</param>
    /// <returns>The failures, in the order of their seeds.</returns>
    public static ImmutableArray<SimulationResult> All(
        IEnumerable<SimulationPlan> plans, int threads, int failuresMax, Action<SimulationResult>? done = null)
    {
        var left = new ConcurrentQueue<SimulationPlan>(plans);
        var failures = new List<SimulationResult>();
        var workers = Enumerable.Range(0, threads).Select(_ => new Thread(Work)).ToArray();
        Array.ForEach(workers, static worker => worker.Start());
        Array.ForEach(workers, static worker => worker.Join());
        return [.. failures.OrderBy(static failure => failure.Plan.Seed)];

        void Work()
        {
            var simulator = new Simulator();
            while (left.TryDequeue(out var plan))
            {
                Note(simulator.Run(plan));
            }
        }

        void Note(SimulationResult result)
        {
            lock (failures)
            {
                done?.Invoke(result);
                if (result.Violation is not null)
                {
                    failures.Add(result);
                }

                if (failures.Count >= failuresMax)
                {
                    left.Clear();
                }
            }
        }
    }
}
