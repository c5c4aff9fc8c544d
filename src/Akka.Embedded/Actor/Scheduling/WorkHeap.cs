namespace Akka.Actor;

/// <summary>Binary heap by due time, then by order of scheduling; entries can be taken out of the middle.</summary>
internal sealed class WorkHeap
{
    private ScheduledWork[] _items = new ScheduledWork[16];

    internal int Count { get; private set; }

    internal ScheduledWork? First => Count == 0 ? null : _items[0];

    internal void Add(ScheduledWork work)
    {
        if (Count == _items.Length)
            Array.Resize(ref _items, Count * 2);
        Put(work, Count++);
        Up(work.Index);
    }

    internal void Remove(ScheduledWork work)
    {
        var index = work.Index;
        if (index == ScheduledWork.NotQueued)
            return;
        work.Index = ScheduledWork.NotQueued;
        var last = _items[--Count];
        _items[Count] = null!;
        if (ReferenceEquals(last, work))
            return;
        Put(last, index);
        Up(index);
        Down(last.Index);
    }

    internal void Clear()
    {
        for (var index = 0; index < Count; index++)
            _items[index].Index = ScheduledWork.NotQueued;
        Array.Clear(_items);
        Count = 0;
    }

    private static bool IsEarlier(ScheduledWork left, ScheduledWork right) =>
        left.DueTicks < right.DueTicks || (left.DueTicks == right.DueTicks && left.Sequence < right.Sequence);

    private void Put(ScheduledWork work, int index)
    {
        _items[index] = work;
        work.Index = index;
    }

    private void Up(int index)
    {
        var work = _items[index];
        while (index > 0)
        {
            var parent = (index - 1) / 2;
            if (!IsEarlier(work, _items[parent]))
                break;
            Put(_items[parent], index);
            index = parent;
        }

        Put(work, index);
    }

    private void Down(int index)
    {
        var work = _items[index];
        while (true)
        {
            var child = (index * 2) + 1;
            if (child >= Count)
                break;
            if (child + 1 < Count && IsEarlier(_items[child + 1], _items[child]))
                child++;
            if (!IsEarlier(_items[child], work))
                break;
            Put(_items[child], index);
            index = child;
        }

        Put(work, index);
    }
}
