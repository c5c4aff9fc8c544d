using System.Diagnostics;
using System.Threading.Channels;
using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Remote.Wire;

namespace Akka.Remote.Links;

/// <summary>
/// Everything for one other node: messages wait here until they are written. Those to actors are lost when the
/// connection is; those of the engine are kept and sent again until they are confirmed.
/// </summary>
internal sealed class Association : IDisposable
{
    private const int FrameFull = 32 * 1024;

    private static readonly Outgoing s_wake = new(ActorRefs.Nobody, null, 0, "", []);

    private readonly Channel<Outgoing> _queue = Channel.CreateUnbounded<Outgoing>(
        new UnboundedChannelOptions { SingleReader = true });

    private readonly LinkedList<OutgoingSystem> _unconfirmed = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Remoting _remoting;
    private readonly Address _address;
    private OutboundLink? _link;
    private int _queued;
    private long _queuedBytes;
    private int _started;
    private long _sentUpTo;
    private long _heardAt = Stopwatch.GetTimestamp();
    private bool _heartbeatDue;
    private bool _warned;
    private long? _failingSince;
    private (long Uid, long Number) _received;

    internal Association(Remoting remoting, Address address)
    {
        _remoting = remoting;
        _address = address;
    }

    internal TimeSpan SilentFor => Stopwatch.GetElapsedTime(Volatile.Read(ref _heardAt));

    /// <summary>True when nothing waits that could still be written.</summary>
    internal bool IsDrained
    {
        get
        {
            lock (_unconfirmed)
                return Volatile.Read(ref _link) is null || (_unconfirmed.Count == 0 && Volatile.Read(ref _queued) <= 0);
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _queue.Writer.TryComplete();
    }

    internal void Send(Outgoing outgoing)
    {
        var count = Interlocked.Increment(ref _queued);
        var bytes = Interlocked.Add(ref _queuedBytes, outgoing.Payload.Length);
        // One message of whatever size is let through, so that none is refused for ever.
        if (count > _remoting.Settings.SendQueueMessagesMax
            || (count > 1 && bytes > _remoting.Settings.SendQueueBytesMax)
            || !_queue.Writer.TryWrite(outgoing))
        {
            Taken(outgoing);
            Lose(outgoing, "the queue to its node is full");
            return;
        }

        EnsureStarted();
    }

    internal void SendSystem(RemoteActorRef recipient, SystemMessage message)
    {
        if (!SystemMessageCodec.IsKnown(message))
            return;
        int waiting;
        lock (_unconfirmed)
        {
            _unconfirmed.AddLast(new OutgoingSystem(_remoting.NextSystemNumber(), recipient, message));
            waiting = _unconfirmed.Count;
        }

        if (waiting <= _remoting.Settings.SystemMessagesMax)
        {
            Wake();
            return;
        }

        _remoting.Log.Error(
            "{0} has confirmed none of {1} engine messages (akka.remote.system-message-buffer-size); it counts as "
            + "gone.", _address, waiting);
        _remoting.GiveUp(_address);
    }

    internal void SendHeartbeat()
    {
        Volatile.Write(ref _heartbeatDue, true);
        Wake();
    }

    internal void HeardNow() => Volatile.Write(ref _heardAt, Stopwatch.GetTimestamp());

    internal void Confirm(long number)
    {
        lock (_unconfirmed)
        {
            while (_unconfirmed.First is { } first && first.Value.Number <= number)
                _unconfirmed.RemoveFirst();
        }
    }

    /// <summary>True the first time a number of a run of the other node comes; it may send it again.</summary>
    internal bool IsNewSystem(long uid, long number)
    {
        lock (_unconfirmed)
        {
            if (_received.Uid == uid && number <= _received.Number)
                return false;
            _received = (uid, number);
            return true;
        }
    }

    internal void Broken(OutboundLink link, string reason)
    {
        if (!ReferenceEquals(Interlocked.CompareExchange(ref _link, null, link), link))
            return;
        link.Dispose();
        if (!_remoting.IsStopped)
            _remoting.Log.Debug("The connection to {0} is gone: {1}", _address, reason);
        Wake();
    }

    private void Wake()
    {
        _queue.Writer.TryWrite(s_wake);
        EnsureStarted();
    }

    private void EnsureStarted()
    {
        if (Volatile.Read(ref _started) == 0 && Interlocked.Exchange(ref _started, 1) == 0)
            _ = Task.Run(RunAsync);
    }

    private async Task RunAsync()
    {
        try
        {
            while (await _queue.Reader.WaitToReadAsync(_stop.Token))
            {
                if (await ConnectedAsync() is { } link)
                    await WriteAsync(link);
                else
                    await RestAsync();
            }
        }
        catch (OperationCanceledException)
        {
            LoseAll("its node was given up");
        }
        finally
        {
            _link?.Dispose();
        }
    }

    private async Task<OutboundLink?> ConnectedAsync()
    {
        if (Volatile.Read(ref _link) is { } existing)
            return existing;
        var link = new OutboundLink(_remoting, this);
        try
        {
            await link.ConnectAsync(_address, _stop.Token);
            _sentUpTo = 0;
            _warned = false;
            _failingSince = null;
            HeardNow();
            Volatile.Write(ref _link, link);
            return link;
        }
        catch (Exception failure) when (Connection.IsEndedBy(failure))
        {
            link.Dispose();
            _stop.Token.ThrowIfCancellationRequested();
            if (failure is WireException { Kind: not RefusalKind.None } refused)
                _remoting.Refused(_address, refused.Kind, refused.Message);
            // Said once; it is tried again for as long as there is something to send.
            var level = _warned ? LogLevel.DebugLevel : LogLevel.WarningLevel;
            _remoting.Log.Log(level, null, "{0} cannot be reached: {1}", [_address, failure.Message]);
            _remoting.System.EventStream.Publish(
                new AssociationErrorEvent(failure, _remoting.Self.Address, _address, inbound: false, level));
            _warned = true;
            _failingSince ??= Stopwatch.GetTimestamp();
            return null;
        }
    }

    private async Task WriteAsync(OutboundLink link)
    {
        try
        {
            WriteControl(link);
            WriteMessages(link);
            await link.FlushAsync();
        }
        catch (Exception failure) when (Connection.IsEndedBy(failure))
        {
            _stop.Token.ThrowIfCancellationRequested();
            if (failure is WireException)
                _remoting.Notices.Warn(Notice.Stalled, $"{_address} is disconnected: {failure.Message}");
            Broken(link, failure.Message);
        }
    }

    private void WriteControl(OutboundLink link)
    {
        if (Volatile.Read(ref _heartbeatDue))
        {
            Volatile.Write(ref _heartbeatDue, false);
            link.Writer.Begin(FrameKind.Heartbeat);
            link.Writer.End();
        }

        lock (_unconfirmed)
        {
            foreach (var outgoing in _unconfirmed)
            {
                if (outgoing.Number <= _sentUpTo)
                    continue;
                SystemMessageCodec.Write(link.Writer, outgoing);
                _sentUpTo = outgoing.Number;
            }
        }
    }

    private void WriteMessages(OutboundLink link)
    {
        var writer = link.Writer;
        var open = false;
        while (writer.Length < FrameFull && _queue.Reader.TryRead(out var outgoing))
        {
            if (outgoing.Recipient is Nobody)
                continue;
            Taken(outgoing);
            if (!open)
                writer.Begin(FrameKind.Messages);
            open = true;
            MessageCodec.Write(writer, link.Refs, outgoing);
        }

        if (open)
            writer.End();
    }

    /// <summary>Nobody there: what waits is lost, and for a while nothing is tried.</summary>
    private async Task RestAsync()
    {
        LoseAll("its node cannot be reached");
        await Task.Delay(_remoting.Settings.RetryAfter, _stop.Token);
        LoseAll("its node cannot be reached");
        bool pending;
        lock (_unconfirmed)
            pending = _unconfirmed.Count > 0;
        if (!pending)
            return;
        if (_failingSince is { } since && _remoting.IsUnknown(_address)
            && Stopwatch.GetElapsedTime(since) >= _remoting.Settings.FirstDeliveryMax)
            _remoting.GiveUp(_address);
        else
            Wake();
    }

    private void LoseAll(string reason)
    {
        while (_queue.Reader.TryRead(out var outgoing))
        {
            if (outgoing.Recipient is Nobody)
                continue;
            Taken(outgoing);
            Lose(outgoing, reason);
        }
    }

    private void Taken(Outgoing outgoing)
    {
        Interlocked.Decrement(ref _queued);
        Interlocked.Add(ref _queuedBytes, -outgoing.Payload.Length);
    }

    private void Lose(Outgoing outgoing, string reason)
    {
        if (_remoting.IsStopped)
            return;
        var system = _remoting.System;
        system.EventStream.Publish(new Dropped(
            outgoing.Manifest, reason, outgoing.Sender ?? system.DeadLetters, outgoing.Recipient));
    }
}
