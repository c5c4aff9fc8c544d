namespace Akka.Coordination;

/// <summary>
/// A right that at most one owner has at a time. It is lost when its holder does not confirm it in time; a holder
/// therefore looks with <see cref="CheckLease"/> before each effect that must not be another's.
/// </summary>
public abstract class Lease
{
    public Lease(LeaseSettings settings) => Settings = settings;

    public LeaseSettings Settings { get; }

    /// <summary>
    /// True: the lease is held from now on. False: another owner has it. Fails with a <see cref="LeaseException"/>
    /// when that is unknown.
    /// </summary>
    public abstract Task<bool> Acquire();

    /// <param name="leaseLostCallback">Called once when the lease is lost; with the reason, or null.</param>
    public abstract Task<bool> Acquire(Action<Exception?> leaseLostCallback);

    /// <summary>True: another owner can have the lease at once.</summary>
    public abstract Task<bool> Release();

    /// <summary>Whether the lease is held at this moment; asks nobody.</summary>
    public abstract bool CheckLease();
}
