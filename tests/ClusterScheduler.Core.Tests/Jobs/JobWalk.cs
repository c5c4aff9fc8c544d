using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Decisions;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Jobs.Life;
using ClusterScheduler.Core.Jobs.Matching;
using ClusterScheduler.Core.Placement;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Tests.Jobs;

/// <summary>A random life of a few jobs, from a seed: files come, offers come, tasks end in all ways, people kill, the
/// scheduler restarts. Keeps what a naive observer would: which attempts were launched and which are alive.</summary>
internal sealed class JobWalk(int seed)
{
    private static readonly JobPolicy Policy = new() { RetryDelayMin = TimeSpan.FromSeconds(1) };

    private readonly Random _random = new(seed);
    private readonly SortedSet<TaskId> _alive = [];
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private WaitingJobs _waiting = new();

    public JobBook Book { get; private set; } = JobBook.Empty;

    public HashSet<TaskId> Launched { get; } = [];

    public List<JobEvent> Events { get; } = [];

    public void Step()
    {
        _now += TimeSpan.FromSeconds(_random.Next(0, 3));
        switch (_random.Next(10))
        {
            case 0:
                Run(new JobCommand.Submit(NewFile()));
                break;
            case <= 4:
                Offer();
                break;
            case <= 7:
                Report();
                break;
            case 8 when Book.Jobs.Count > 0:
                var job = Book.Jobs.Values.ElementAt(_random.Next(Book.Jobs.Count));
                Run(new JobCommand.Kill(job.Spec.Key, _random.Next(2) == 0 ? [] : [_random.Next(job.Spec.Instances)]));
                break;
            case 9:
                Run(new JobCommand.Tick());
                Run(new JobCommand.Connect());
                break;
        }
    }

    private JobFile NewFile()
    {
        var count = _random.Next(1, 4);
        var jobs = ImmutableArray.CreateBuilder<JobSpec>();
        for (var index = 0; index < count; index++)
        {
            var after = jobs.Where(_ => _random.Next(3) == 0).Select(job => job.Key).ToImmutableArray();
            var task = new TaskSpec(TaskPlan.OfShell("true"),
                TaskResources.Default with { Cpus = Scalar.Of(_random.Next(1, 3)) })
            {
                MaxFailures = _random.Next(1, 4),
            };
            jobs.Add(new JobSpec(new JobKey("r", "devel", $"j{_random.Next(4)}-{index}"), task)
            {
                Instances = _random.Next(1, 6),
                After = after,
                Priority = _random.Next(2),
                Constraints = _random.Next(3) == 0 ? [new JobConstraint.Limit("host", 1)] : [],
            });
        }

        return new JobFile([], jobs.ToImmutable());
    }

    private void Offer()
    {
        foreach (var number in _waiting.Due(_now))
        {
            _waiting.Update(Book.Jobs[number], _now);
        }

        ImmutableArray<PlacementAgent> agents = [.. Enumerable.Range(0, _random.Next(1, 4)).Select(index =>
        {
            var free = new Amounts(_random.Next(1, 5) * 1000, 1_000_000, 1_000_000, 10);
            return new PlacementAgent(new AgentId($"a{index}"), $"a{index}", free, free, []);
        })];
        var result = JobMatcher.Match(Book, _waiting, agents, _now);
        Run(new JobCommand.Stage([.. result.Matches.Select(match => new StagedAttempt(
            new AttemptId(match.Incarnation, match.Instance,
                Book.Jobs[match.Incarnation].Instance(match.Instance).Attempt + 1),
            agents[match.Agent].Id, agents[match.Agent].Name,
            [.. Book.Jobs[match.Incarnation].Spec.Constraints.OfType<JobConstraint.Limit>()
                .Select(limit => new AttributeValue(limit.Attribute, agents[match.Agent].Name))]))]));
    }

    private void Report()
    {
        if (Launched.Count == 0)
        {
            return;
        }

        var states = Enum.GetValues<TaskState>();
        var updates = Enumerable.Range(0, _random.Next(1, 4)).Select(_ =>
        {
            var task = _alive.Count > 0 && _random.Next(5) > 0
                ? _alive.ElementAt(_random.Next(_alive.Count))
                : Launched.Order().ElementAt(_random.Next(Launched.Count));
            var state = states[_random.Next(states.Length)];
            if (state.IsTerminal())
            {
                _alive.Remove(task);
            }

            return new StatusUpdate(task, state, StatusSource.Agent, StatusReason.None, "", _now)
            {
                Uuid = new Guid(_random.Next(), 0, 0, new byte[8]),
            };
        });
        Run(new JobCommand.Record([.. updates]));
    }

    private void Run(JobCommand command)
    {
        var decision = JobDecider.Decide(Book, command, _now, Policy);
        foreach (var @event in decision.Events)
        {
            Events.Add(@event);
            Book = Book.Apply(@event);
        }

        _waiting = new WaitingJobs();
        foreach (var job in Book.Jobs.Values)
        {
            _waiting.Update(job, _now);
        }

        Act(command, decision);
    }

    private void Act(JobCommand command, Decision<JobEvent, JobEffect> decision)
    {
        foreach (var launch in decision.Effects.OfType<JobEffect.Launch>())
        {
            var id = launch.Attempt.Id;
            var task = id.ToTaskId(Book.Jobs[id.Incarnation].Spec.Key.Name);
            Assert.True(Launched.Add(task), $"{task} is launched twice");
            _alive.Add(task);
        }

        if (command is JobCommand.Record record)
        {
            Assert.Equal(record.Updates.Select(update => update.Uuid),
                decision.Effects.OfType<JobEffect.Acknowledge>().Select(one => one.Update.Uuid));
        }
    }
}
