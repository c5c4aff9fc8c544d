using System.Collections.Immutable;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Reservations;

namespace ClusterScheduler.Master.Allocation;

/// <content>Reservations and volumes.</content>
internal static partial class AllocatorProtocol
{
    /// <summary>
    /// Room within limits is held for operations, as far as there is any, until they were carried out. Answered with
    /// <see cref="RoomHeld"/>.
    /// </summary>
    internal sealed record HoldRoom(RoomUse Use, ImmutableArray<OperationGrowth> Growth)
        : INoSerializationVerificationNeeded;

    /// <summary>To the master: what is held, and which operations there is no room for, by their place.</summary>
    internal sealed record RoomHeld(
        RoomUse Use, ImmutableArray<RoleGrowth> Room, ImmutableDictionary<int, LimitBreach> Breaches)
        : INoSerializationVerificationNeeded;

    /// <summary>The operations came to nothing.</summary>
    internal sealed record ReleaseRoom(ImmutableArray<RoleGrowth> Room) : INoSerializationVerificationNeeded;

    /// <summary>Offered resources became others, in this order.</summary>
    /// <param name="Room">What was held for it.</param>
    internal sealed record ConvertOffered(
        FrameworkId FrameworkId, string Role, AgentId AgentId, ImmutableArray<ResourceConversion> Conversions,
        ImmutableArray<RoleGrowth> Room)
        : INoSerializationVerificationNeeded;

    /// <summary>Takes offers back and makes other resources of free ones, in one step.</summary>
    /// <param name="Room">What was held for it.</param>
    internal sealed record ConvertFree(
        AgentId AgentId, ResourceConversion Conversion, ImmutableArray<Returned> Offered,
        ImmutableArray<RoleGrowth> Room)
        : INoSerializationVerificationNeeded;

    /// <summary>To the master: the resources are in an offer that was made before. The room stays held.</summary>
    internal sealed record FreeNotConverted(
        AgentId AgentId, ResourceConversion Conversion, ImmutableArray<RoleGrowth> Room)
        : INoSerializationVerificationNeeded;

    /// <summary>What room is held for.</summary>
    internal abstract record RoomUse
    {
        private RoomUse()
        {
        }

        /// <summary>A framework's accept.</summary>
        internal sealed record ByAccept(AcceptRequest Request) : RoomUse;

        /// <summary>An operator's operation.</summary>
        internal sealed record ByOperator(IActorRef Asker, MasterProtocol.ApplyOperation Apply) : RoomUse;
    }
}
