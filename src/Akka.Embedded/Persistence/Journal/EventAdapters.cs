using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Configuration.Hocon;
using Akka.Event;
using Akka.Persistence.Plugins;

namespace Akka.Persistence.Journal;

/// <summary>
/// Which adapter an event's type has, from <c>event-adapters</c> and <c>event-adapter-bindings</c> of a journal. A
/// type without a binding of its own has that of its nearest base or interface; without any, it is left as it is.
/// </summary>
public class EventAdapters
{
    private static readonly EventAdapters s_none = new(new(), [], null);

    private readonly ConcurrentDictionary<Type, IEventAdapter> _known;
    private readonly List<KeyValuePair<Type, IEventAdapter>> _bindings;

    protected EventAdapters(
        ConcurrentDictionary<Type, IEventAdapter> map,
        IEnumerable<KeyValuePair<Type, IEventAdapter>> bindings,
        ILoggingAdapter? log)
    {
        _known = map;
        _bindings = [.. bindings];
        _ = log;
    }

    internal bool IsIdentity => _bindings.Count == 0;

    public static EventAdapters Create(ExtendedActorSystem system, Config config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var adapters = new Dictionary<string, IEventAdapter>(StringComparer.Ordinal);
        foreach (var (name, type) in Entries(config, "event-adapters"))
        {
            adapters.Add(name, Instance(type.GetString(), name, system));
        }

        var bindings = Entries(config, "event-adapter-bindings")
            .Select(entry => new KeyValuePair<Type, IEventAdapter>(
                PluginTypes.Resolve(entry.Key, "event-adapter-bindings"), Bound(entry.Key, entry.Value, adapters)))
            .ToList();
        return bindings.Count == 0 ? s_none : new EventAdapters(new(), MostSpecificFirst(bindings), null);
    }

    public IEventAdapter Get<T>() => Get(typeof(T));

    public virtual IEventAdapter Get(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return _bindings.Count == 0
            ? IdentityEventAdapter.Instance
            : _known.GetOrAdd(type, static (wanted, bindings) => Find(wanted, bindings), _bindings);
    }

    private static IEventAdapter Find(Type type, List<KeyValuePair<Type, IEventAdapter>> bindings)
    {
        foreach (var (bound, adapter) in bindings)
        {
            if (bound.IsAssignableFrom(type))
            {
                return adapter;
            }
        }

        return IdentityEventAdapter.Instance;
    }

    private static IEnumerable<KeyValuePair<string, HoconValue>> Entries(Config config, string path) =>
        config.GetConfig(path) is { } section ? section.AsEnumerable() : [];

    private static IEventAdapter Bound(
        string type, HoconValue names, Dictionary<string, IEventAdapter> adapters)
    {
        var bound = (names.IsArray() ? names.GetStringList() : [names.GetString()!])
            .Select(name => adapters.TryGetValue(name, out var adapter)
                ? adapter
                : throw new ConfigurationException(
                    $"event-adapter-bindings: '{type}' is bound to '{name}', which event-adapters does not have."))
            .ToArray();
        return bound.Length == 1 ? bound[0] : new CombinedReadEventAdapter(bound);
    }

    private static IEventAdapter Instance(string? type, string name, ExtendedActorSystem system) =>
        PluginTypes.Create<object>(type, $"event-adapters.{name}", system) switch
        {
            IEventAdapter both => both,
            IWriteEventAdapter writer => new WriteOnlyEventAdapter(writer),
            IReadEventAdapter reader => new ReadOnlyEventAdapter(reader),
            _ => throw new ConfigurationException($"event-adapters.{name}: '{type}' is no event adapter."),
        };

    private static List<KeyValuePair<Type, IEventAdapter>> MostSpecificFirst(
        List<KeyValuePair<Type, IEventAdapter>> bindings)
    {
        var sorted = new List<KeyValuePair<Type, IEventAdapter>>();
        foreach (var binding in bindings)
        {
            var before = sorted.FindIndex(other => other.Key.IsAssignableFrom(binding.Key));
            sorted.Insert(before < 0 ? sorted.Count : before, binding);
        }

        return sorted;
    }
}
