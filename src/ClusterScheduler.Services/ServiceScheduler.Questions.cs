using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Services;

/// <content>Questions: answered from the book and from what offers have shown.</content>
public sealed partial class ServiceScheduler
{
    private readonly Queue<PlacementRecord> _placements = new();
    private readonly SortedSet<long> _unfitting = [];

    private void AnswerQuestions()
    {
        Command<ServicesProtocol.ListJobs>(_ => Sender.Tell(
            new ServicesProtocol.JobList([.. Book.Jobs.Values.Select(Summary)])));
        Command<ServicesProtocol.ShowJob>(show => Sender.Tell(Book.Find(show.Key) is { } job
            ? JobViews.Details(job, NeverFits(job), show.First, show.Count)
            : Unknown(show.Key)));
        Command<ServicesProtocol.Why>(why => Sender.Tell(Explain(why)));
        Command<ServicesProtocol.WhyTask>(why => Sender.Tell(Explain(why)));
        Command<ServicesProtocol.ListDemands>(list => Sender.Tell(Demands(list)));
        Command<ServicesProtocol.ExplainPlacements>(explain => Sender.Tell(new ServicesProtocol.PlacementsExplained(
            [.. _placements.Where(placement => placement.Submission == explain.Submission)])));
        Command<ServicesProtocol.WatchJobs>(watch => Watch(Sender, watch));
        Command<ServicesProtocol.UnwatchJobs>(_ => Unwatch(Sender));
        Command<Terminated>(ended => Unwatch(ended.ActorRef), ended => _watchers.ContainsKey(ended.ActorRef));
        Command<NotifyNow>(_ => SendNews());
    }

    private static ServicesProtocol.RequestRefused Unknown(JobKey key) => new(new JobRefusal.UnknownJob(key));

    private ServicesProtocol.JobSummary Summary(JobState job) => JobViews.Summary(job, NeverFits(job));

    private object Explain(ServicesProtocol.Why why)
    {
        if (Book.Find(why.Key) is not { } job)
        {
            return Unknown(why.Key);
        }

        var number = why.Instance ?? Enumerable.Range(0, job.Spec.Instances)
            .FirstOrDefault(one => job.Instance(one).Phase == InstancePhase.Pending);
        return number >= 0 && number < job.Spec.Instances
            ? Explain(job, number)
            : new ServicesProtocol.RequestRefused(new JobRefusal.UnknownInstance(why.Key, number));
    }

    private object Explain(ServicesProtocol.WhyTask why) =>
        AttemptId.TryParse(why.TaskId, out var id) && Book.Jobs.GetValueOrDefault(id.Incarnation) is { } job
        && id.Instance < job.Spec.Instances
            ? Explain(job, id.Instance)
            : new ServicesProtocol.RequestRefused(new JobRefusal.UnknownJob(new JobKey("", "", why.TaskId.Value)));

    private ServicesProtocol.WhyAnswer Explain(JobState job, int number)
    {
        var answer = WhyNot.Explain(job, number, Now, _driver.IsConnected, () => Placement(job, number));
        return answer.Kind is not (ServicesProtocol.WhyKind.WaitsForAgent or ServicesProtocol.WhyKind.NeverFits)
            ? answer
            : answer with
            {
                Demand = new ServicesProtocol.WaitingDemand(
                    _settings.FrameworkId, _settings.Info.Roles[0], DemandOf(job)),
            };
    }

    private static ResourceSet DemandOf(JobState job)
    {
        var needs = job.Spec.Task.Resources;
        return ResourceSet.Of(needs.Cpus, needs.Mem, needs.Disk);
    }

    /// <summary>
    /// Jobs that need the same wait for the same, whatever else keeps their tasks apart. Jobs of one shape need the
    /// same.
    /// </summary>
    private ServicesProtocol.DemandList Demands(ServicesProtocol.ListDemands list)
    {
        if (list.FrameworkId != _settings.FrameworkId)
        {
            return new ServicesProtocol.DemandList([], 0);
        }

        var demands = _waiting.InOrder().Select(static shape => shape.Incarnations)
            .GroupBy(jobs => DemandOf(Book.Jobs[jobs.First()])).ToList();
        return new ServicesProtocol.DemandList(
            [.. demands.Take(ServicesProtocol.PendingDemand.ListedMax).Select(Demand)], demands.Count);
    }

    private ServicesProtocol.PendingDemand Demand(IGrouping<ResourceSet, IReadOnlyCollection<long>> shapes)
    {
        var jobs = shapes.SelectMany(static numbers => numbers).Select(number => Book.Jobs[number]);
        return new ServicesProtocol.PendingDemand(
            _settings.Info.Roles[0],
            shapes.Key,
            jobs.Sum(job => job.Waiting - job.Again.Count(again => again.NotBefore > Now)),
            [.. jobs.Take(ServicesProtocol.PendingDemand.JobsListedMax).Select(static job => job.Spec.Key)],
            shapes.Sum(static numbers => numbers.Count));
    }

    private PlacementExplanation Placement(JobState job, int number)
    {
        var offered = _held.Values.GroupBy(offer => offer.AgentId).ToDictionary(on => on.Key,
            on => on.Aggregate(default(Amounts), (sum, offer) => sum + Amounts.Of(offer.Resources)));
        var perAgent = job.Spec.Placement.PerAgent;
        var taken = perAgent > 0
            ? JobMatcher.CountTaken(Book, job.Submission, job.Spec.Placement)
            : ImmutableSortedDictionary<AgentId, int>.Empty;
        ImmutableArray<PlacementAgent> agents = [.. _agents.All(offered, Now)
            .Select(agent => agent with { Taken = taken.GetValueOrDefault(agent.Id) })];
        return PlacementExplanation.Of(JobMatcher.GroupOf(job, [number]), agents, perAgent);
    }

    /// <summary>Which agent comes nearest, of jobs that turned out to fit none; empty for all others.</summary>
    private string NeverFits(JobState job) =>
        _unfitting.Contains(job.Incarnation) && job.IsReady && job.Waiting > 0
        && Placement(job, 0) is { NeverFits: true } why
            ? why.NearestSentence
            : "";

    /// <summary>A round has placed nothing: whatever waits does not fit now, and some of it may never. The tasks of a
    /// shape need the same, so one of each is looked at, where a shape is not about a whole file.</summary>
    private void NoticeUnfitting()
    {
        foreach (var (shape, incarnations) in _waiting.InOrder().Take(_settings.ShapesNoticedMax))
        {
            var jobs = incarnations.Take(_settings.UnfittingNoticedMax).Select(number => Book.Jobs[number]).ToList();
            var first = Placement(jobs[0], 0).NeverFits;
            foreach (var job in jobs)
            {
                var never = shape.Scope == 0 ? first : Placement(job, 0).NeverFits;
                if (never ? _unfitting.Add(job.Incarnation) : _unfitting.Remove(job.Incarnation))
                {
                    Changed(job);
                }
            }
        }
    }

    private void Remember(ImmutableArray<PlacementRecord> placements)
    {
        foreach (var placement in placements)
        {
            _placements.Enqueue(placement);
            if (_placements.Count > _settings.PlacementsRemembered)
            {
                _placements.Dequeue();
            }
        }
    }
}
