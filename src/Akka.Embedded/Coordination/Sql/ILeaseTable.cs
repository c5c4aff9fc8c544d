namespace Akka.Coordination.Sql;

/// <summary>
/// Leases as rows. Each operation is one statement, answered after its commit. A row is never deleted and its epoch
/// never falls: whoever gets the lease gets a number that is higher than all before.
/// </summary>
internal interface ILeaseTable : IDisposable
{
    /// <summary>The epoch under which the owner has the lease now, or null when another has it.</summary>
    Task<long?> TryAcquire(string name, string owner, TimeSpan duration, CancellationToken cancel);

    /// <summary>False: another had or has it since.</summary>
    Task<bool> TryRenew(string name, long epoch, TimeSpan duration, CancellationToken cancel);

    /// <summary>Who has it now; null when nobody has.</summary>
    Task<string?> FindOwner(string name, CancellationToken cancel);

    /// <summary>Ends it at once, if it is still held under this epoch.</summary>
    Task Release(string name, long epoch, CancellationToken cancel);
}
