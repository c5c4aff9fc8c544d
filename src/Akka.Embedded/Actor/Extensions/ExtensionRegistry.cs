using System.Collections.Concurrent;

namespace Akka.Actor;

/// <summary>The extensions of one system; each is made once, by whoever asks first.</summary>
internal sealed class ExtensionRegistry(ActorSystemImpl system)
{
    private readonly ConcurrentDictionary<Type, Lazy<object>> _byType = new();

    internal object Register(IExtensionId id)
    {
        var lazy = _byType.GetOrAdd(id.ExtensionType, _ => new Lazy<object>(() => id.CreateExtension(system)));
        try
        {
            return lazy.Value;
        }
        catch
        {
            // A failed start is not remembered: the next one who asks tries again.
            _byType.TryRemove(new KeyValuePair<Type, Lazy<object>>(id.ExtensionType, lazy));
            throw;
        }
    }

    internal bool TryGet(Type type, out object? extension)
    {
        extension = _byType.TryGetValue(type, out var lazy) ? lazy.Value : null;
        return extension is not null;
    }
}
