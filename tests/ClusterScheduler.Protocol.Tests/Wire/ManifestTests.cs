using System.Reflection;
using ClusterScheduler.Core.Decisions;
using ClusterScheduler.Protocol.Wire;

namespace ClusterScheduler.Protocol.Tests.Wire;

public sealed class ManifestTests(WireSubject subject) : IClassFixture<WireSubject>
{
    private static readonly Type[] Markers = [typeof(IWireMessage), typeof(IStoredEvent), typeof(IStoredSnapshot)];

    /// <summary>Every record that says it may cross a process border or be stored.</summary>
    internal static IEnumerable<Type> WireTypes =>
        from assembly in new[] { typeof(IWireMessage).Assembly, typeof(IStoredEvent).Assembly }
        from type in assembly.GetTypes()
        where !type.IsAbstract && !type.IsInterface
            && Array.Exists(Markers, marker => marker.IsAssignableFrom(type))
        orderby type.FullName
        select type;

    [Fact]
    public void Every_message_and_every_stored_event_has_one_name()
    {
        var named = WireManifests.All.Select(static manifest => manifest.Type).ToHashSet();
        Assert.Empty(WireTypes.Where(type => !named.Contains(type)).Select(static type => $"{type} has no manifest"));
        Assert.True(WireTypes.Any());
    }

    [Fact]
    public void No_name_stands_for_two_records() =>
        Assert.Empty(WireManifests.All.GroupBy(static manifest => manifest.Name)
            .Where(static group => group.Count() > 1)
            .Select(static group => group.Key));

    [Fact]
    public void Only_what_is_marked_has_a_name() =>
        Assert.Empty(WireManifests.All.Select(static manifest => manifest.Type).Except(WireTypes));

    [Fact]
    public void Names_say_who_what_and_version() =>
        Assert.All(WireManifests.All, static manifest =>
            Assert.Matches("^(event\\.)?[a-z]+\\.[a-z]+(-[a-z]+)*/[1-9][0-9]*$", manifest.Name));

    [Fact]
    public void What_has_no_name_is_refused_with_a_way_out()
    {
        var refusal = Assert.Throws<WireFormatException>(() => subject.Serializer.ToBinary(new object()));
        Assert.Contains("System.Object has no name on the wire", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("WireManifests", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<WireFormatException>(() => subject.Serializer.Manifest("text"));
    }

    [Fact]
    public void Identifiers_in_the_settings_are_those_of_the_program()
    {
        var settings = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "hocon/engine/common.conf"));
        foreach (var (type, identifier) in new[]
        {
            (typeof(WireSerializer), WireSerializer.WireIdentifier),
            (typeof(UnregisteredSerializer), UnregisteredSerializer.UnregisteredIdentifier),
        })
        {
            Assert.Contains(
                $"\"{type.FullName}, {type.Assembly.GetName().Name}\" = {identifier}",
                settings,
                StringComparison.Ordinal);
        }

        foreach (var type in Markers)
        {
            Assert.Contains(
                $"\"{type.FullName}, {type.Assembly.GetName().Name}\" = wire", settings, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Messages_are_immutable() =>
        Assert.Empty(
            from type in WireTypes
            from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            where property.SetMethod is { } setter && !setter.ReturnParameter.GetRequiredCustomModifiers()
                .Contains(typeof(System.Runtime.CompilerServices.IsExternalInit))
            select $"{type}.{property.Name} can be changed");
}
