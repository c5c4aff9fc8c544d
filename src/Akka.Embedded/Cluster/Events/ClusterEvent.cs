using System.Diagnostics.CodeAnalysis;
using Akka.Event;

namespace Akka.Cluster;

/// <summary>What a subscriber of the cluster gets.</summary>
[SuppressMessage("Design", "CA1052", Justification = "Akka.NET's type is not static.")]
[SuppressMessage("Design", "CA1034", Justification = "Akka.NET's events are nested.")]
public partial class ClusterEvent
{
    public const SubscriptionInitialStateMode InitialStateAsSnapshot =
        SubscriptionInitialStateMode.InitialStateAsSnapshot;

    public const SubscriptionInitialStateMode InitialStateAsEvents = SubscriptionInitialStateMode.InitialStateAsEvents;

    /// <summary>How a new subscriber learns what happened before.</summary>
    public enum SubscriptionInitialStateMode
    {
        /// <summary>One <see cref="CurrentClusterState"/>.</summary>
        InitialStateAsSnapshot = 0,

        /// <summary>The events that would have led there.</summary>
        InitialStateAsEvents = 1,
    }

    public interface IClusterDomainEvent : IDeadLetterSuppression
    {
    }

    public interface IMemberEvent : IClusterDomainEvent
    {
        Member Member { get; }
    }

    public interface IReachabilityEvent : IClusterDomainEvent
    {
    }
}
