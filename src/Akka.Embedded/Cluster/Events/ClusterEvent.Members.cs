namespace Akka.Cluster;

public partial class ClusterEvent
{
    /// <summary>A member has another status than before.</summary>
    public abstract class MemberStatusChange : IMemberEvent
    {
        protected readonly Member _member;

        protected MemberStatusChange(Member member, MemberStatus validStatus)
        {
            ArgumentNullException.ThrowIfNull(member);
            if (member.Status != validStatus)
                throw new ArgumentException(
                    $"Expected status {validStatus}, but {member} has another.", nameof(member));
            _member = member;
        }

        public Member Member => _member;

        public override bool Equals(object? obj) =>
            obj is MemberStatusChange other && other.GetType() == GetType() && other._member.Equals(_member);

        public override int GetHashCode() => HashCode.Combine(GetType(), _member);

        public override string ToString() => $"{GetType().Name}(Member={_member})";
    }

    /// <summary>It was let in and is not up yet.</summary>
    public sealed class MemberJoined(Member member) : MemberStatusChange(member, MemberStatus.Joining);

    /// <summary>It may be given work.</summary>
    public sealed class MemberUp(Member member) : MemberStatusChange(member, MemberStatus.Up);

    /// <summary>Known from Akka.NET; this engine never says it.</summary>
    public sealed class MemberWeaklyUp(Member member) : MemberStatusChange(member, MemberStatus.WeaklyUp);

    /// <summary>It wants to go.</summary>
    public sealed class MemberLeft(Member member) : MemberStatusChange(member, MemberStatus.Leaving);

    /// <summary>It is stopping what it runs.</summary>
    public sealed class MemberExited(Member member) : MemberStatusChange(member, MemberStatus.Exiting);

    /// <summary>It counts as failed, but may still run for a while.</summary>
    public sealed class MemberDowned(Member member) : MemberStatusChange(member, MemberStatus.Down);

    /// <summary>It is gone: what it ran surely does not run any more.</summary>
    public sealed class MemberRemoved : MemberStatusChange
    {
        public MemberRemoved(Member member, MemberStatus previousStatus)
            : base(member, MemberStatus.Removed) => PreviousStatus = previousStatus;

        /// <summary>Down: it failed. Exiting: it left.</summary>
        public MemberStatus PreviousStatus { get; }

        public override bool Equals(object? obj) =>
            obj is MemberRemoved other && base.Equals(obj) && other.PreviousStatus == PreviousStatus;

        public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), PreviousStatus);
    }
}
