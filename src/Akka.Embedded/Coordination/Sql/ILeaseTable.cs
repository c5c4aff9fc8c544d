namespace Akka.Coordination.Sql;

/// <summary>
/// Leases as rows. Each operation is one statement, answered after its commit. A row is never deleted and its epoch
/// never falls: whoever gets the lease gets a number that is higher than all before.
/// </summary>
internal interface ILeaseTable : IDisposable
{
    /// <summary>
    /// The epoch under which the owner has the lease now, or null when another has it. One that ends later than two
    /// durations from now was granted by a clock that has been set back since: it is cut to that. A holder that is
    /// there renews it meanwhile.
    /// </summary>
    Task<long?> TryAcquire(string name, string owner, TimeSpan duration, CancellationToken cancel);

    /// <summary>False: another had or has it since.</summary>
    Task<bool> TryRenew(string name, long epoch, TimeSpan duration, CancellationToken cancel);

    /// <summary>Who has it now; null when nobody has, or for too long as leases of this duration go.</summary>
    Task<string?> FindOwner(string name, TimeSpan duration, CancellationToken cancel);

    /// <summary>Ends it at once, if it is still held under this epoch.</summary>
    Task Release(string name, long epoch, CancellationToken cancel);
}
