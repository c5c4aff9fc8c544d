using System.Collections.Frozen;

namespace Akka.Cluster;

/// <summary>Which status may follow which.</summary>
internal static class MemberTransitions
{
    private static readonly FrozenDictionary<MemberStatus, MemberStatus[]> s_next =
        new Dictionary<MemberStatus, MemberStatus[]>
        {
            [MemberStatus.Joining] = [
                MemberStatus.WeaklyUp, MemberStatus.Up, MemberStatus.Leaving, MemberStatus.Down, MemberStatus.Removed],
            [MemberStatus.WeaklyUp] = [
                MemberStatus.Up, MemberStatus.Leaving, MemberStatus.Down, MemberStatus.Removed],
            [MemberStatus.Up] = [MemberStatus.Leaving, MemberStatus.Down, MemberStatus.Removed],
            [MemberStatus.Leaving] = [MemberStatus.Exiting, MemberStatus.Down, MemberStatus.Removed],
            [MemberStatus.Exiting] = [MemberStatus.Removed, MemberStatus.Down],
            [MemberStatus.Down] = [MemberStatus.Removed],
            [MemberStatus.Removed] = [],
        }.ToFrozenDictionary();

    internal static bool IsAllowed(MemberStatus from, MemberStatus to) => Array.IndexOf(s_next[from], to) >= 0;
}
