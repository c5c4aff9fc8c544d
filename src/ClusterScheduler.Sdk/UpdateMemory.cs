namespace ClusterScheduler.Sdk;

/// <summary>
/// Which updates were given out and which were acknowledged, so that a repeated one is not given out again. Those that
/// wait for an acknowledgement are at most one a task; of the acknowledged ones the last <c>rememberedMax</c> are kept.
/// </summary>
internal sealed class UpdateMemory(int rememberedMax)
{
    private readonly HashSet<Guid> _waiting = [];
    private readonly HashSet<Guid> _acknowledged = [];
    private readonly Queue<Guid> _order = [];

    public enum Meeting
    {
        /// <summary>Not met before.</summary>
        First,

        /// <summary>Given out, and not acknowledged yet.</summary>
        Waiting,

        /// <summary>Acknowledged; the acknowledgement was lost.</summary>
        Acknowledged,
    }

    public Meeting Meet(Guid uuid) => _acknowledged.Contains(uuid) ? Meeting.Acknowledged
        : _waiting.Add(uuid) ? Meeting.First
        : Meeting.Waiting;

    public void Acknowledge(Guid uuid)
    {
        _waiting.Remove(uuid);
        if (!_acknowledged.Add(uuid))
        {
            return;
        }

        _order.Enqueue(uuid);
        if (_order.Count > rememberedMax)
        {
            _acknowledged.Remove(_order.Dequeue());
        }
    }
}
