using System.Collections.Immutable;
using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Jobs.Life;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Cli.Running;

/// <summary>Gathers what the service scheduler says of a run's jobs into snapshots.</summary>
internal sealed class RunProgress
{
    private readonly List<JobKey> _order = [];
    private readonly Dictionary<JobKey, Known> _jobs = [];

    public RunProgress(IEnumerable<ServicesProtocol.JobSummary> submitted)
    {
        foreach (var job in submitted)
        {
            _order.Add(job.Key);
            _jobs[job.Key] = new Known(job);
        }
    }

    public IEnumerable<JobKey> Keys => _order;

    public void Take(ServicesProtocol.JobsChanged changed)
    {
        foreach (var job in changed.Jobs)
        {
            if (_jobs.TryGetValue(job.Key, out var known))
            {
                known.Summary = job;
            }
        }

        foreach (var change in changed.Instances)
        {
            if (_jobs.TryGetValue(change.Key, out var known) && change.Instance.Instance < known.Instances.Length)
            {
                known.Instances[change.Instance.Instance] = Of(change.Instance);
            }
        }
    }

    public RunSnapshot Snapshot(TimeSpan elapsed, ImmutableArray<AgentProgress> agents) =>
        new(elapsed, [.. _order.Select(key => _jobs[key].Progress(Name(key)))], agents);

    /// <summary>A job's name alone where that says enough.</summary>
    public string Name(JobKey key) =>
        _order.Count(other => other.Name == key.Name) == 1 ? key.Name : key.ToString();

    private static bool HasEnded(JobPhase phase) =>
        phase is JobPhase.Finished or JobPhase.Failed or JobPhase.Killed or JobPhase.Skipped;

    private static InstanceProgress Of(ServicesProtocol.InstanceSummary instance) => new(
        instance.Instance,
        instance.State.Phase,
        instance.TaskId?.Value,
        instance.State.Attempt + 1,
        instance.State.Hostname.Length == 0 ? null : instance.State.Hostname,
        instance.State.History.IsDefaultOrEmpty ? null : instance.State.History[^1]);

    private sealed class Known(ServicesProtocol.JobSummary summary)
    {
        public ServicesProtocol.JobSummary Summary { get; set; } = summary;

        public InstanceProgress[] Instances { get; } =
            [.. Enumerable.Range(0, summary.Instances).Select(number =>
                new InstanceProgress(number, InstancePhase.Pending, null, 0, null, null))];

        public JobProgress Progress(string name) => new(
            name,
            HasEnded(Summary.Phase),
            Summary.Phase == JobPhase.Finished,
            Summary.Cause + Summary.NeverFits,
            [.. Instances]);
    }
}
