using System.Diagnostics.CodeAnalysis;
using Akka.Configuration;

namespace Akka.Coordination;

/// <summary>The times of a lease.</summary>
public sealed class TimeoutSettings
{
    public TimeoutSettings(TimeSpan heartbeatInterval, TimeSpan heartbeatTimeout, TimeSpan operationTimeout)
    {
        if (heartbeatInterval >= heartbeatTimeout / 2)
        {
            throw new ArgumentException(
                $"heartbeat-interval ({heartbeatInterval}) must be less than half of heartbeat-timeout "
                + $"({heartbeatTimeout}): a single late confirmation would lose the lease.",
                nameof(heartbeatInterval));
        }

        HeartbeatInterval = heartbeatInterval;
        HeartbeatTimeout = heartbeatTimeout;
        OperationTimeout = operationTimeout;
    }

    public TimeSpan HeartbeatInterval { get; }

    public TimeSpan HeartbeatTimeout { get; }

    public TimeSpan OperationTimeout { get; }

    public static TimeoutSettings Create(Config config)
    {
        if (config.IsNullOrEmpty())
        {
            throw ConfigurationException.NullOrEmptyConfig<TimeoutSettings>();
        }

        var timeout = config.GetTimeSpan("heartbeat-timeout", TimeSpan.FromSeconds(120), false);
        var interval = config.GetString("heartbeat-interval", "") == ""
            ? TimeSpan.FromTicks(Math.Max(timeout.Ticks / 10, TimeSpan.TicksPerMillisecond))
            : config.GetTimeSpan("heartbeat-interval", null, false);
        return new TimeoutSettings(
            interval, timeout, config.GetTimeSpan("lease-operation-timeout", TimeSpan.FromSeconds(5), false));
    }

    public TimeoutSettings WithHeartbeatInterval(TimeSpan heartbeatInterval) =>
        new(heartbeatInterval, HeartbeatTimeout, OperationTimeout);

    public TimeoutSettings WithHeartbeatTimeout(TimeSpan heartbeatTimeout) =>
        new(HeartbeatInterval, heartbeatTimeout, OperationTimeout);

    [SuppressMessage("Style", "IDE1006", Justification = "Akka.NET's name.")]
    public TimeoutSettings withOperationTimeout(TimeSpan operationTimeout) =>
        new(HeartbeatInterval, HeartbeatTimeout, operationTimeout);

    public override string ToString() =>
        $"confirmed every {HeartbeatInterval}, lost after {HeartbeatTimeout}, answered within {OperationTimeout}";
}
