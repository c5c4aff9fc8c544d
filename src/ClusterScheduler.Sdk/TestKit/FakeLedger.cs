namespace ClusterScheduler.Sdk.TestKit;

/// <summary>What of the fake's framework survives a crash of its entity, as the real one's journal does.</summary>
internal sealed class FakeLedger
{
    private readonly SortedDictionary<TaskId, Queue<StatusUpdate>> _unacknowledged = [];

    /// <summary>The master in office.</summary>
    public MasterEpoch Epoch { get; set; } = new(1);

    /// <summary>How accepted tasks end by themselves; none where the test reports on them.</summary>
    public Func<TaskInfo, TaskState>? Outcome { get; set; }

    /// <summary>What a query shows, in any role.</summary>
    public ImmutableArray<FreeAgent> Agents { get; set; } = [];

    /// <summary>How the next transaction is refused; none where it is granted.</summary>
    public TransactionRefusal? NextRefusal { get; set; }

    /// <summary>The newest state of each task that was accepted or reported on.</summary>
    public SortedDictionary<TaskId, TaskState> States { get; } = [];

    /// <summary>The one update of each task that is to be acknowledged next.</summary>
    public IEnumerable<StatusUpdate> Heads => _unacknowledged.Values.Select(static queue => queue.Peek());

    /// <summary>Takes an update; true where it can be sent at once.</summary>
    public bool Add(StatusUpdate update)
    {
        States[update.TaskId] = update.State;
        if (_unacknowledged.TryGetValue(update.TaskId, out var queue))
        {
            queue.Enqueue(update);
            return false;
        }

        _unacknowledged[update.TaskId] = new Queue<StatusUpdate>([update]);
        return true;
    }

    /// <summary>The task's next update, after the acknowledged one; none when that was not its first.</summary>
    public StatusUpdate? Acknowledge(TaskId taskId, Guid uuid)
    {
        if (!_unacknowledged.TryGetValue(taskId, out var queue) || queue.Peek().Uuid != uuid)
        {
            return null;
        }

        queue.Dequeue();
        if (queue.TryPeek(out var next))
        {
            return next;
        }

        _unacknowledged.Remove(taskId);
        return null;
    }
}
