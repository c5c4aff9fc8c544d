using ClusterScheduler.Agent.Processes;

namespace ClusterScheduler.Agent.Keeper;

/// <summary>What the loop waits for: a child that ended, a new agent, the agent's words.</summary>
internal sealed unsafe class KeeperPoll(int listener)
{
    private const int SocketLevel = 1, PeerCredentials = 17;

    private short _listening;
    private short _talking;
    private int _talker = -1;

    /// <summary>Event descriptor: written by the reaper.</summary>
    public int WakeUp { get; } = Libc.EventDescriptor(0, Libc.CloseOnExec | Libc.NonBlocking);

    public bool HasConnection => _listening != 0;

    public bool IsReadable(AgentConnection agent) =>
        agent.Descriptor == _talker && (_talking & (Libc.PollIn | Libc.PollHup | Libc.PollErr)) != 0;

    /// <param name="agent">The connection, if there is one.</param>
    /// <param name="timeout">At most so long; none: without limit.</param>
    public void Wait(AgentConnection? agent, TimeSpan? timeout)
    {
        var descriptors = stackalloc Libc.PollDescriptor[3];
        descriptors[0] = new() { Descriptor = WakeUp, Events = Libc.PollIn };
        descriptors[1] = new() { Descriptor = listener, Events = Libc.PollIn };
        descriptors[2] = new()
        {
            Descriptor = agent?.Descriptor ?? -1,
            Events = agent is { HasUnsent: true } ? (short)(Libc.PollIn | Libc.PollOut) : Libc.PollIn,
        };
        var milliseconds = timeout is { } limit
            ? (int)Math.Clamp(Math.Ceiling(limit.TotalMilliseconds), 0, int.MaxValue)
            : -1;
        var ready = Libc.Poll(descriptors, 3, milliseconds);
        _listening = ready > 0 ? descriptors[1].Returned : (short)0;
        _talking = ready > 0 ? descriptors[2].Returned : (short)0;
        _talker = descriptors[2].Descriptor;
        if (ready > 0 && descriptors[0].Returned != 0)
        {
            ulong count;
            _ = Libc.Read(WakeUp, (byte*)&count, sizeof(ulong));
        }
    }

    /// <summary>The connection that waits, if it comes from the same user.</summary>
    public AgentConnection? Accept()
    {
        var descriptor = Libc.Accept(listener, 0, 0, Libc.CloseOnExec | Libc.NonBlocking);
        if (descriptor < 0)
        {
            return null;
        }

        var credentials = stackalloc uint[3];
        var length = 3U * sizeof(uint);
        if (Libc.GetSocketOption(descriptor, SocketLevel, PeerCredentials, credentials, &length) == 0
            && credentials[1] == Libc.GetEffectiveUserId())
        {
            return new AgentConnection(descriptor);
        }

        _ = Libc.Close(descriptor);
        return null;
    }
}
