namespace Akka.Actor.Internal;

/// <summary>What a cell waits for its dying children for.</summary>
internal enum WaitingFor
{
    Nothing,
    Recreation,
    Creation,
    Termination,
}

/// <summary>
/// The children of one cell by name. Its own thread changes it, except for the guardians, whose children anyone may
/// make; selections look in from any thread: so each step takes the lock.
/// </summary>
internal sealed class Children
{
    private readonly Dictionary<string, ChildRestartStats?> _byName = new(StringComparer.Ordinal);
    private HashSet<ActorRefBase>? _dying;
    private WaitingFor _waitingFor;
    private bool _closed;

    internal Exception? RecreationCause { get; private set; }

    internal bool IsTerminating
    {
        get
        {
            lock (_byName)
                return _closed;
        }
    }

    internal bool IsNormal
    {
        get
        {
            lock (_byName)
                return _waitingFor == WaitingFor.Nothing && !_closed;
        }
    }

    internal void Reserve(string name, IActorRef parent)
    {
        lock (_byName)
        {
            if (_closed)
                throw new InvalidOperationException($"{parent} is terminating: it can have no new child '{name}'.");
            if (!_byName.TryAdd(name, null))
                throw new InvalidActorNameException($"Actor name \"{name}\" is not unique under {parent}.");
        }
    }

    internal void Release(string name)
    {
        lock (_byName)
            _byName.Remove(name);
    }

    internal void Add(string name, ActorRefBase child)
    {
        lock (_byName)
            _byName[name] = new ChildRestartStats(child);
    }

    internal ActorRefBase? Find(string name)
    {
        lock (_byName)
            return _byName.GetValueOrDefault(name)?.Child;
    }

    internal ChildRestartStats? Stats(ActorRefBase child)
    {
        lock (_byName)
            return _byName.GetValueOrDefault(child.Path.Name) is { } stats && stats.Child.Equals(child) ? stats : null;
    }

    internal ChildRestartStats[] AllStats()
    {
        lock (_byName)
            return [.. _byName.Values.Where(stats => stats is not null).Select(stats => stats!)];
    }

    internal ActorRefBase[] Snapshot()
    {
        lock (_byName)
        {
            if (_byName.Count == 0)
                return [];
            var children = new List<ActorRefBase>(_byName.Count);
            foreach (var stats in _byName.Values)
            {
                if (stats is not null)
                    children.Add(stats.Child);
            }

            return [.. children];
        }
    }

    internal void MarkDying(ActorRefBase child)
    {
        lock (_byName)
        {
            if (_byName.GetValueOrDefault(child.Path.Name) is { } stats && stats.Child.Equals(child))
                (_dying ??= []).Add(child);
        }
    }

    /// <summary>
    /// True when there are dying children to wait for; <paramref name="reason"/> is then carried out after the
    /// last.
    /// </summary>
    internal bool WaitForDying(WaitingFor reason, Exception? cause = null)
    {
        lock (_byName)
        {
            if (reason == WaitingFor.Termination)
                _closed = true;
            if (_dying is not { Count: > 0 })
                return false;
            _waitingFor = reason;
            RecreationCause = cause;
            return true;
        }
    }

    /// <summary>Takes the child out; says what may go on now that the last dying one is gone.</summary>
    internal bool Remove(ActorRefBase child, out WaitingFor next)
    {
        lock (_byName)
        {
            next = WaitingFor.Nothing;
            if (_byName.GetValueOrDefault(child.Path.Name) is not { } stats || !stats.Child.Equals(child))
                return false;
            _byName.Remove(child.Path.Name);
            _dying?.Remove(child);
            if (_dying is null or { Count: 0 })
                (next, _waitingFor) = (_waitingFor, WaitingFor.Nothing);
            return true;
        }
    }
}
