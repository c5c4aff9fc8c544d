namespace ClusterScheduler.Simulation.Worlds;

/// <summary>
/// One process of the simulated cluster: up or down, frozen or not, and what it believes of the others.
/// </summary>
/// <param name="engine">Its actor system.</param>
internal sealed class Node(SimulatedNode engine)
{
    private readonly List<Action> heldBack = [];
    private ulong seed;

    public SimulatedNode Engine { get; } = engine;

    public string Name => Engine.Name;

    public ActorSystem System => Engine.System;

    public bool IsUp { get; private set; }

    /// <summary>Stopped by the kernel: nothing runs, nothing is read, time goes on.</summary>
    public bool IsFrozen { get; private set; }

    /// <summary>Counts the starts of its process.</summary>
    public int Incarnation { get; private set; }

    public bool IsRunning => IsUp && !IsFrozen;

    /// <summary>Where it believes the master and the shards to be.</summary>
    public Dictionary<string, Node> Homes { get; } = new(StringComparer.Ordinal);

    /// <summary>Runs at once, or when the process goes on.</summary>
    public void Run(Action action)
    {
        if (IsFrozen)
        {
            heldBack.Add(action);
        }
        else
        {
            action();
        }
    }

    public void Start()
    {
        Incarnation++;
        IsUp = true;

        // How many turns the last process took to end does not matter to this one.
        Engine.Dispatcher.Reseed(seed + (ulong)Incarnation);
        Engine.IsMute = false;
        Homes.Clear();
    }

    /// <summary>Kill -9: what it did is done, what it was about to say is never heard.</summary>
    public void Kill()
    {
        Engine.IsMute = true;
        IsUp = false;
        IsFrozen = false;
        Incarnation++;
        heldBack.Clear();
        Engine.StopAll();
        Engine.Forget();
    }

    public void Freeze() => IsFrozen = IsUp;

    public void Thaw()
    {
        IsFrozen = false;
        var missed = heldBack.ToArray();
        heldBack.Clear();
        foreach (var action in missed)
        {
            action();
        }
    }

    /// <summary>As it was before the first seed.</summary>
    public void Renew(ulong seed)
    {
        Kill();
        this.seed = seed;
        Engine.Renew(seed);
        Incarnation = 0;
        Homes.Clear();
    }
}
