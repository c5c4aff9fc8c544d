using System.Collections.Concurrent;
using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Util.Internal;

namespace Akka.Serialization;

/// <summary>
/// <c>akka.actor.serializers</c> and <c>serialization-bindings</c>: which serializer a type has. The most specific
/// type that is bound decides; among unrelated interfaces the one bound first.
/// </summary>
internal sealed class SerializerRegistry
{
    private readonly object _gate = new();
    private readonly ExtendedActorSystem _system;
    private readonly ConcurrentDictionary<int, Serializer> _byId = new();
    private readonly ConcurrentDictionary<string, Serializer> _byName = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Type, Serializer> _found = new();
    private readonly List<(Type Type, Serializer Serializer)> _bindings = [];

    internal SerializerRegistry(ExtendedActorSystem system)
    {
        _system = system;
        Null = new NullSerializer(system);
        _byId[Null.Identifier] = Null;
        var config = system.Settings.Config;
        foreach (var (name, value) in config.GetConfig("akka.actor.serializers").AsEnumerable())
            Add(name, Create(name, value.GetString() ?? ""));
        foreach (var (type, value) in config.GetConfig("akka.actor.serialization-bindings").AsEnumerable())
            Bind(type, value.GetString() ?? "");
    }

    internal Serializer Null { get; }

    internal void Add(string name, Serializer serializer)
    {
        _byName[name] = serializer;
        var known = _byId.GetOrAdd(serializer.Identifier, serializer);
        if (!ReferenceEquals(known, serializer) && known.GetType() != serializer.GetType())
            throw new ConfigurationException(
                $"The serializers {known.GetType()} and {serializer.GetType()} have one id, {serializer.Identifier}.");
    }

    internal void Bind(Type type, Serializer serializer)
    {
        lock (_gate)
        {
            _bindings.RemoveAll(binding => binding.Type == type);
            // Before the first one that is a base of it: the list stays ordered from special to general.
            var index = _bindings.FindIndex(binding => binding.Type.IsAssignableFrom(type));
            _bindings.Insert(index < 0 ? _bindings.Count : index, (type, serializer));
            _byId.TryAdd(serializer.Identifier, serializer);
            _found.Clear();
        }
    }

    internal Serializer Find(int id) => _byId.TryGetValue(id, out var serializer)
        ? serializer
        : throw new SerializationException(
            $"There is no serializer with id {id} here; akka.actor.serializers differs from the sender's.");

    internal Serializer Find(Type type, string? defaultName)
    {
        if (_found.TryGetValue(type, out var known))
            return known;
        lock (_gate)
        {
            foreach (var (bound, serializer) in _bindings)
            {
                if (bound.IsAssignableFrom(type))
                    return _found[type] = serializer;
            }
        }

        if (defaultName is not null && _byName.TryGetValue(defaultName, out var byName))
            return byName;
        throw new SerializationException(
            $"No serializer is bound to {type}; akka.actor.serialization-bindings names neither it nor a base of it.");
    }

    /// <summary>
    /// A type named by a peer; refused unless a serializer is bound to it, so that no peer can load types.
    /// </summary>
    internal Type FindBoundType(string manifest)
    {
        var type = TypeManifest.Find(manifest);
        Find(type, null);
        return type;
    }

    private void Bind(string typeName, string serializerName)
    {
        const string setting = "akka.actor.serialization-bindings";
        if (!_byName.TryGetValue(serializerName, out var serializer))
            throw new ConfigurationException(
                $"{setting} binds {typeName} to '{serializerName}', which akka.actor.serializers does not have.");
        Bind(TypeByName.Find(typeName, setting), serializer);
    }

    private Serializer Create(string name, string typeName)
    {
        var setting = $"akka.actor.serializers.{name}";
        var type = TypeByName.Find(typeName, setting);
        var withConfig = type.GetConstructor([typeof(ExtendedActorSystem), typeof(Config)]) is not null;
        return withConfig
            ? TypeByName.Create<Serializer>(
                typeName, setting, _system, _system.Settings.Config.GetConfig(setting) ?? Config.Empty)
            : TypeByName.Create<Serializer>(typeName, setting, _system);
    }
}
