namespace Akka.Cluster;

/// <summary>Where a member is in its life.</summary>
public enum MemberStatus
{
    Joining = 0,
    Up = 1,

    /// <summary>Wants to go; the leader will let it.</summary>
    Leaving = 2,

    /// <summary>Is stopping what it runs; it is removed when it says that it has.</summary>
    Exiting = 3,

    /// <summary>Counts as failed; it is removed when it has surely stopped.</summary>
    Down = 4,
    Removed = 5,

    /// <summary>Known from Akka.NET; no member of this engine is ever in it.</summary>
    WeaklyUp = 6,
}
