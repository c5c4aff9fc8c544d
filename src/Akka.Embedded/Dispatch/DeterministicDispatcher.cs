using Akka.Actor;

namespace Akka.Dispatch;

/// <summary>
/// Runs actors one at a time on the thread of the one who calls <see cref="RunOne"/>; which of those that have
/// something to do comes next is decided by a seed. The same seed and the same messages give the same order, always.
/// For simulation; no HOCON names it.
/// </summary>
internal sealed class DeterministicDispatcher : MessageDispatcher
{
    private readonly List<IThreadPoolWorkItem> _ready = [];
    private ulong _state;

    /// <param name="seed">Decides every choice.</param>
    /// <param name="throughput">Messages an actor handles in one turn; 1 mixes most.</param>
    internal DeterministicDispatcher(ulong seed, int throughput = 1)
        : base(Dispatchers.DefaultDispatcherId, throughput)
    {
        _state = seed;
    }

    /// <summary>From now on as a dispatcher that was made with this seed. Only while it is idle.</summary>
    internal void Reseed(ulong seed) => _state = seed;

    internal bool IsIdle
    {
        get
        {
            lock (_ready)
                return _ready.Count == 0;
        }
    }

    /// <summary>Gives one actor a turn; false when none has anything to do.</summary>
    internal bool RunOne()
    {
        IThreadPoolWorkItem next;
        lock (_ready)
        {
            if (_ready.Count == 0)
                return false;
            var index = (int)(NextRandom() % (ulong)_ready.Count);
            next = _ready[index];
            _ready.RemoveAt(index);
        }

        next.Execute();
        return true;
    }

    /// <summary>Turns until nobody has anything to do; gives their number.</summary>
    /// <exception cref="InvalidOperationException">There was no end after <paramref name="turnsMax"/>
    /// turns.</exception>
    internal int RunUntilIdle(int turnsMax)
    {
        var turns = 0;
        while (RunOne())
        {
            if (++turns > turnsMax)
                throw new InvalidOperationException($"The actors are still busy after {turnsMax} turns.");
        }

        return turns;
    }

    internal override void Execute(ActorCell cell) => Add(cell);

    private protected override void ExecuteTask(IRunnable run) => Add(new RunnableTurn(run));

    private void Add(IThreadPoolWorkItem turn)
    {
        lock (_ready)
            _ready.Add(turn);
    }

    /// <summary>SplitMix64: small, well mixed, and the same on every machine and runtime.</summary>
    private ulong NextRandom()
    {
        var mixed = _state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    private sealed class RunnableTurn(IRunnable run) : IThreadPoolWorkItem
    {
        public void Execute() => run.Run();
    }
}
