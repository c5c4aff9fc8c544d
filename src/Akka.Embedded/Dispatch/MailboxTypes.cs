using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch.Queues;

namespace Akka.Dispatch;

/// <summary>Mailboxes as HOCON describes them: by id in Props, or by the dispatcher.</summary>
internal sealed class MailboxTypes(ActorSystemImpl system)
{
    internal const int DefaultThroughput = 30;

    private const string DefaultMailboxId = "akka.actor.default-mailbox";

    private readonly ConcurrentDictionary<string, MailboxSettings> _byId = new(StringComparer.Ordinal);
    private MailboxSettings? _default;

    internal MessageQueue CreateQueue(Props props, MessageDispatcher dispatcher)
    {
        var settings = SettingsFor(props, dispatcher);
        return settings.IsBounded ? new BoundedQueue(settings.Capacity, settings.PushTimeout) : new UnboundedQueue();
    }

    internal int StashCapacity(Props props, MessageDispatcher dispatcher) =>
        props.Deploy.StashCapacity == Deploy.NoStashSize
        ? SettingsFor(props, dispatcher).StashCapacity
        : props.Deploy.StashCapacity;

    private MailboxSettings SettingsFor(Props props, MessageDispatcher dispatcher)
    {
        if (props.Mailbox != Deploy.NoMailboxGiven)
            return Find(props.Mailbox);
        if (ReferenceEquals(dispatcher, system.Dispatchers.DefaultGlobalDispatcher))
            return _default ??= ForDispatcher(dispatcher.Id);
        return ForDispatcher(dispatcher.Id);
    }

    private MailboxSettings ForDispatcher(string dispatcherId)
    {
        var config = system.Settings.Config;
        if (config.HasPath(dispatcherId + ".mailbox-type") || config.HasPath(dispatcherId + ".stash-capacity"))
            return Find(dispatcherId);
        return Find(DefaultMailboxId);
    }

    private MailboxSettings Find(string id) => _byId.TryGetValue(id, out var known)
        ? known
        : _byId.GetOrAdd(id, Read(id));

    private MailboxSettings Read(string id)
    {
        var config = system.Settings.Config.GetConfig(id)
            ?? throw new ConfigurationException($"There is no mailbox '{id}' in the settings.");
        config = config.WithFallback(system.Settings.Config.GetConfig(DefaultMailboxId));
        var type = config.GetString("mailbox-type").Split(',', 2)[0].Trim();
        var bounded = type switch
        {
            "Akka.Dispatch.BoundedMailbox" or "Akka.Dispatch.BoundedDequeBasedMailbox" => true,
            "Akka.Dispatch.UnboundedMailbox" or "Akka.Dispatch.UnboundedDequeBasedMailbox" => false,
            _ => throw new ConfigurationException(
                $"{id}.mailbox-type is '{type}'; this engine has Akka.Dispatch.UnboundedMailbox, BoundedMailbox, "
                + "UnboundedDequeBasedMailbox and BoundedDequeBasedMailbox."),
        };
        var capacity = config.GetInt("mailbox-capacity");
        if (bounded && capacity <= 0)
            throw new ConfigurationException(
                $"{id}.mailbox-capacity is {capacity}; a bounded mailbox holds at least 1 message.");
        return new MailboxSettings(
            bounded, capacity, config.GetTimeSpan("mailbox-push-timeout-time"), config.GetInt("stash-capacity", -1));
    }

    private sealed record MailboxSettings(bool IsBounded, int Capacity, TimeSpan PushTimeout, int StashCapacity);
}
