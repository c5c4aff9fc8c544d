using System.Collections.Concurrent;
using System.Globalization;

namespace Akka.Actor;

/// <summary>/temp: those who wait for an answer and have had to show their path.</summary>
internal sealed class TemporaryRefs(ActorPath path)
{
    private readonly ConcurrentDictionary<string, ActorRefBase> _byName = new(StringComparer.Ordinal);
    private long _last;

    internal ActorPath NextPath() =>
        new ChildActorPath(path, "$" + Interlocked.Increment(ref _last).ToString("x", CultureInfo.InvariantCulture), 0);

    internal void Add(ActorPath entry, ActorRefBase actor) => _byName[entry.Name] = actor;

    internal void Remove(ActorPath entry) => _byName.TryRemove(entry.Name, out _);

    internal ActorRefBase Find(string name) => _byName.GetValueOrDefault(name) ?? (ActorRefBase)Nobody.Instance;
}
