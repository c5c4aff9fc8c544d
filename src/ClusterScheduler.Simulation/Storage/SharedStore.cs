using ClusterScheduler.Simulation.Faults;
using ClusterScheduler.Simulation.Worlds;

namespace ClusterScheduler.Simulation.Storage;

/// <summary>
/// The database that the nodes share: durable whatever becomes of them, fenced by the number of each event, as slow
/// and as unreliable as the profile says. What a node sends to it takes effect in the order sent.
/// </summary>
internal sealed class SharedStore(World world)
{
    private static readonly TimeSpan GivesUpAfter = TimeSpan.FromSeconds(3);

    private readonly SeededRandom random = world.Random.Fork();
    private readonly SortedDictionary<string, List<StoredEvent>> journals = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, List<StoredEvent>> snapshots = new(StringComparer.Ordinal);
    private readonly Dictionary<Node, TimeSpan> lastEffects = [];

    public bool IsFaulty { get; set; } = true;

    /// <summary>
    /// Processes that were removed from the cluster: their writes are refused from then on, as engine.md has it.
    /// </summary>
    public HashSet<(Node Node, int Incarnation)> Removed { get; } = [];

    /// <summary>Nodes that do not reach it.</summary>
    public HashSet<Node> CutOff { get; } = [];

    private bool Answers(Mutation mutation) => world.Plan.Mutation == mutation;

    public Task<long> Highest(Node node, string id) => Ask(node, () => HighestNow(id));

    public Task<ImmutableArray<StoredEvent>> Read(Node node, string id, long from, long to, long max) => Ask(
        node,
        () => journals.TryGetValue(id, out var events)
            ? [.. events.Where(@event => @event.Number >= from && @event.Number <= to).Take((int)Math.Min(max, 9_999))]
            : ImmutableArray<StoredEvent>.Empty);

    /// <summary>The newest snapshot that is not of a later state.</summary>
    public Task<StoredEvent?> Snapshot(Node node, string id, long to) => Ask(node, () =>
    {
        var fitting = (snapshots.TryGetValue(id, out var all) ? all : []).Where(each => each.Number <= to).ToList();
        return fitting.Count == 0 ? (StoredEvent?)null : fitting.MaxBy(static each => each.Number);
    });

    public Task Save(Node node, string id, StoredEvent snapshot) => Ask(node, () =>
    {
        world.Note("store", $"{node.Name} {id} snapshot of {snapshot.Number}");
        if (!snapshots.TryGetValue(id, out var all))
        {
            snapshots[id] = all = [];
        }

        all.Add(snapshot);
        return true;
    });

    /// <summary>All or none.</summary>
    public Task Append(Node node, string id, IReadOnlyList<StoredEvent> events)
    {
        var answer = new TaskCompletionSource();
        var incarnation = node.Incarnation;
        var fails = IsFaulty && random.Happens(world.Plan.Profile.WriteFailures);
        var isStored = !fails || random.Happens(0.5);
        if (Answers(Mutation.AnswersBeforeStoring))
        {
            world.At(TimeSpan.FromMilliseconds(0.1), node, answer.SetResult);
        }

        InOrder(node, () =>
        {
            // The process died before it had handed the write over, or the way there is cut.
            if (node.Incarnation != incarnation && random.Happens(0.5))
            {
                return;
            }

            var refusal = Removed.Contains((node, incarnation)) && !Answers(Mutation.StoreWithoutFencing)
                ? new StoreException($"{node.Name} was removed from the cluster")
                : isStored ? Store(node, id, events) : null;
            Reply(node, () =>
            {
                if (refusal is not null || fails)
                {
                    answer.TrySetException(refusal ?? new StoreException("the store did not answer in time"));
                }
                else
                {
                    answer.TrySetResult();
                }
            });
        }, () => answer.TrySetException(new StoreException("the store cannot be reached")));
        return answer.Task;
    }

    private StoreException? Store(Node node, string id, IReadOnlyList<StoredEvent> events)
    {
        if (!journals.TryGetValue(id, out var journal))
        {
            journals[id] = journal = [];
        }

        if (events[0].Number <= HighestNow(id))
        {
            if (!Answers(Mutation.StoreWithoutFencing))
            {
                world.Note("store", $"refuses {node.Name}: {id} has an event {events[0].Number} already");
                return new StoreException($"{id} has an event {events[0].Number} already: another writer was faster");
            }
        }

        foreach (var @event in events)
        {
            if (Answers(Mutation.TombstonesLost)
                && @event.Manifest.Contains("forbidden", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            world.Note("store", $"{node.Name} {id} {@event.Number} {@event.Manifest}", @event.Payload);
            journal.Add(@event);
        }

        return null;
    }

    private long HighestNow(string id) =>
        journals.TryGetValue(id, out var events) && events.Count > 0 ? events.Max(static each => each.Number) : 0;

    private Task<T> Ask<T>(Node node, Func<T> question)
    {
        var answer = new TaskCompletionSource<T>();
        InOrder(
            node,
            () =>
            {
                var found = question();
                Reply(node, () => answer.TrySetResult(found));
            },
            () => answer.TrySetException(new StoreException("the store cannot be reached")));
        return answer.Task;
    }

    private void InOrder(Node node, Action effect, Action unreachable)
    {
        if (CutOff.Contains(node))
        {
            world.At(GivesUpAfter, node, unreachable);
            return;
        }

        var due = world.Now + random.Between(0.1, IsFaulty ? world.Plan.Profile.DiskMax : 2);
        var last = lastEffects.GetValueOrDefault(node);
        due = due > last ? due : last + TimeSpan.FromTicks(1);
        lastEffects[node] = due;
        world.At(due - world.Now, effect);
    }

    private void Reply(Node node, Action reply)
    {
        var incarnation = node.Incarnation;
        world.At(random.Between(0.05, 0.5), node, () =>
        {
            if (node.Incarnation == incarnation)
            {
                reply();
            }
        });
    }
}
