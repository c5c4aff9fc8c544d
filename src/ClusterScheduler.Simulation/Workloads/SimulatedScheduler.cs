using ClusterScheduler.Core.Execution;
using ClusterScheduler.Sdk;
using ClusterScheduler.Simulation.Worlds;

namespace ClusterScheduler.Simulation.Workloads;

/// <summary>
/// A framework's scheduler, written with the SDK as any author would: launches, declines, hesitates, kills, asks,
/// suppresses and revives as chance has it.
/// </summary>
internal sealed class SimulatedScheduler : SchedulerActor, IWithTimers
{
    private const int OpenTasksMax = 12;

    private static readonly TaskPlan Plan = TaskPlan.Of("/bin/true");

    private readonly Workload workload;
    private bool hasClosed;

    public SimulatedScheduler(Workload workload)
        : base(new SchedulerSettings(
            workload.Id, new FrameworkInfo(workload.Id.Value, "simulation", workload.Roles))
        {
            NewId = workload.World.Ids.Id,
            SubscribeBackoffMax = TimeSpan.FromSeconds(2),
        })
    {
        this.workload = workload;
        Receive<Act>(_ => ActAtRandom());
        Receive<Late>(late => Use(late.Offer));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(Workload workload) => Akka.Actor.Props.Create(() => new SimulatedScheduler(workload));

    protected override void PreStart()
    {
        base.PreStart();
        workload.Offered.Clear();
        Timers.StartPeriodicTimer(nameof(Act), Act.Instance, TimeSpan.FromMilliseconds(500));
    }

    protected override void Registered(FrameworkId frameworkId, MasterEpoch epoch) => Subscribed(epoch);

    protected override void Reregistered(MasterEpoch epoch) => Subscribed(epoch);

    protected override void ResourceOffers(ImmutableArray<Offer> offers)
    {
        workload.World.Checks.Offered(workload, offers);
        foreach (var offer in offers)
        {
            workload.Offered[offer.Id] = offer;
            if (workload.Collects)
            {
                continue;
            }

            if (workload.Random.Happens(0.2) && !workload.IsClosing)
            {
                Timers.StartSingleTimer(offer.Id, new Late(offer), workload.Random.Between(10, 3_000));
            }
            else
            {
                Use(offer);
            }
        }
    }

    protected override void OfferRescinded(OfferId offerId) => workload.Offered.Remove(offerId);

    protected override void StatusUpdate(StatusUpdate update)
    {
        workload.World.Checks.Updated(workload, update);

        // What nobody knows now that nothing is on its way any more was lost before anybody stored it.
        if (update.State.IsTerminal() || (update.State == TaskState.Unknown && workload.IsClosing))
        {
            workload.Open.Remove(update.TaskId);
        }
        else
        {
            workload.Open.Add(update.TaskId);
        }
    }

    protected override void Error(string message)
    {
        workload.World.Checks.Refused(workload, message);
        base.Error(message);
    }

    private void Subscribed(MasterEpoch epoch)
    {
        workload.World.Checks.Subscribed(workload, epoch);
        if (workload.Open.Count > 0 && workload.Random.Happens(0.7))
        {
            Reconcile();
        }
    }

    private void Use(Offer offer)
    {
        if (!workload.Offered.Remove(offer.Id) && workload.Random.Happens(0.7))
        {
            return;
        }

        var random = workload.Random;
        if (workload.IsClosing || workload.Open.Count >= OpenTasksMax || random.Happens(0.3))
        {
            Decline([offer.Id], Filters());
            return;
        }

        var tasks = new List<TaskInfo>();
        var left = offer.Resources;
        for (var count = 1 + random.Below(3); count > 0; count--)
        {
            var wanted = ResourceSet.Parse(
                FormattableString.Invariant($"cpus:{1 + random.Below(3)};mem:{256 * (1 + random.Below(4))}"));
            if (left.TrySubtract(wanted, out var rest))
            {
                left = rest;
                var id = workload.NextTask();
                tasks.Add(new TaskInfo(id, id.Value, wanted, Plan));
            }
        }

        if (tasks.Count == 0)
        {
            Decline([offer.Id], Filters());
            return;
        }

        workload.Open.UnionWith(tasks.Select(static task => task.TaskId));
        workload.World.Checks.Accepted(workload, offer, tasks);
        Accept([offer.Id], tasks, Filters());
    }

    private OfferFilters Filters() => new(TimeSpan.FromMilliseconds(workload.Random.Below(4) * 500));

    private void ActAtRandom()
    {
        if (workload.IsClosing)
        {
            Close();
        }
        else if (!workload.Collects)
        {
            ActAtRandom(workload.Random);
        }
    }

    private void ActAtRandom(SeededRandom random)
    {

        if (workload.Open.Count > 0 && random.Happens(0.25))
        {
            Kill(random.Pick([.. workload.Open]));
        }

        if (random.Happens(0.05))
        {
            Reconcile();
        }

        if (random.Happens(0.05))
        {
            Suppress();
        }
        else if (random.Happens(0.15))
        {
            Revive();
        }
    }

    // As an author does who relies on the SDK: what is still open is killed and asked about once.
    private void Close()
    {
        if (!hasClosed && IsConnected)
        {
            hasClosed = true;
            Suppress();
            foreach (var task in workload.Open)
            {
                Kill(task);
            }

            if (workload.Open.Count > 0)
            {
                Reconcile([.. workload.Open]);
            }
        }

        if (Offers.Count > 0)
        {
            Decline([.. Offers.Select(static offer => offer.Id)], new OfferFilters(TimeSpan.Zero));
        }
    }

    private sealed record Act
    {
        public static Act Instance { get; } = new();
    }

    private sealed record Late(Offer Offer);
}
