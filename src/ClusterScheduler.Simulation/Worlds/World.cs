using ClusterScheduler.Simulation.Checks;

namespace ClusterScheduler.Simulation.Worlds;

/// <summary>One run: its time, its chance, its nodes, and what is still to happen.</summary>
internal sealed class World
{
    private const int TurnsAtOnceMax = 200_000;

    private readonly PriorityQueue<Action, (long Due, long Order)> timeline = new();
    private readonly SeededRandom turns;
    private readonly List<Node> ready = [];
    private long order;

    public World(SimulationPlan plan, IReadOnlyList<Node> nodes, TextWriter? full)
    {
        Plan = plan;
        Nodes = nodes;
        Trace = new Trace(full, plan.LinesKept);
        Random = new SeededRandom(plan.Seed);
        turns = Random.Fork();
        Ids = Random.Fork();
        Checks = new Watchers(this);
        foreach (var node in nodes)
        {
            node.Renew(Random.Next());
        }
    }

    public SimulationPlan Plan { get; }

    public IReadOnlyList<Node> Nodes { get; }

    public Trace Trace { get; }

    public SeededRandom Random { get; }

    public SeededRandom Ids { get; }

    public Watchers Checks { get; }

    public TimeSpan Now { get; private set; }

    /// <summary>The first thing that should not have happened.</summary>
    public Violation? Violation { get; private set; }

    public Node Find(Address address) => Nodes.First(node => node.Engine.Address == address);

    /// <summary>Later, whatever becomes of any node.</summary>
    public void At(TimeSpan delay, Action action) => timeline.Enqueue(action, ((Now + delay).Ticks, order++));

    /// <summary>Later, on a node: not at all if its process ends before, and only when it runs.</summary>
    public void At(TimeSpan delay, Node node, Action action)
    {
        var incarnation = node.Incarnation;
        At(delay, () => node.Run(() =>
        {
            if (node.IsUp && node.Incarnation == incarnation)
            {
                action();
            }
        }));
    }

    public void Note(string who, string what, ReadOnlyMemory<byte> payload = default) =>
        Trace.Note(Now, who, what, payload);

    public void Break(string invariant, string what)
    {
        if (Violation is null)
        {
            Violation = new Violation(invariant, what, Now);
            Note("CHECK", $"{invariant} is broken: {what}");
        }
    }

    /// <summary>Lets things happen until the time has come, it is enough, or an invariant is broken.</summary>
    /// <returns>True when it was enough.</returns>
    public bool RunUntil(TimeSpan end, Func<bool>? enough = null)
    {
        while (true)
        {
            Settle();
            if (Violation is not null)
            {
                return false;
            }

            if (enough is not null && enough())
            {
                return true;
            }

            var (next, node) = NextDue();
            if (next > end)
            {
                MoveTo(end);
                return false;
            }

            MoveTo(next);
            if (node is not null)
            {
                node.Engine.Scheduler.RunDue();
            }
            else
            {
                timeline.Dequeue()();
            }
        }
    }

    private (TimeSpan At, Node? Timer) NextDue()
    {
        var first = timeline.TryPeek(out _, out var due) ? TimeSpan.FromTicks(due.Due) : TimeSpan.MaxValue;
        Node? timer = null;
        foreach (var node in Nodes)
        {
            if (node.IsRunning && node.Engine.Scheduler.Next is { } next && next < first)
            {
                (first, timer) = (next, node);
            }
        }

        // Timers of a node that was frozen are due already.
        return (first < Now ? Now : first, timer);
    }

    private void MoveTo(TimeSpan time)
    {
        Now = time;
        foreach (var node in Nodes)
        {
            node.Engine.Scheduler.Elapsed = time;
        }
    }

    /// <summary>Everybody who has something to do does it, in an order that chance decides.</summary>
    private void Settle()
    {
        for (var turn = 0; turn < TurnsAtOnceMax; turn++)
        {
            ready.Clear();
            foreach (var node in Nodes)
            {
                if (node.IsRunning && !node.Engine.Dispatcher.IsIdle)
                {
                    ready.Add(node);
                }
            }

            if (ready.Count == 0)
            {
                return;
            }

            turns.Pick(ready).Engine.Dispatcher.RunOne();
        }

        Break("liveness", $"the actors do not come to rest within {TurnsAtOnceMax} turns at one instant");
    }
}
