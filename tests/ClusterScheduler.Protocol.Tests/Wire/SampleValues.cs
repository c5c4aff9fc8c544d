using System.Collections.Immutable;
using System.Reflection;
using Akka.Actor;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Placement;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Protocol.Tests.Wire;

/// <summary>
/// Makes a value of any type that can be on the wire, from its constructor and its init-only properties. Without a
/// source of chance it is always the same one, with everything present: the canonical example of the golden files.
/// </summary>
internal sealed class SampleValues(IActorRef actor, Random? random = null)
{
    private const int DepthMax = 12;

    private static readonly string[] Texts =
    [
        "", "plain", "with \"quotes\" and \\", "line\nbreak\ttab\0nul", "Grüße, 你好, 🚀", "</script>&'+", " ", "null",
    ];

    private static readonly string[] Resources =
    [
        "", "cpus:8", "cpus:0.001;mem:999000000000", "mem:0.5;gpus:2", "ports:[1-1,31000-32000]",
        "cpus:2;cpus(ads):0.25;disk(ads):10;ports(ads):[5-6]", "zones:{a,b};bogomips:12.345",
        "cpus{REV}:2", "disk(ads,+ads/web@alice{team=x})[id=v1,path=data]<SHARED>:10",
    ];

    public object Make(Type type, string name = "example", int depth = 0)
    {
        Assert.True(depth < DepthMax, $"{type} contains itself without end");
        return Leaf(type, name) ?? (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)
            ? Array(type.GenericTypeArguments[0], name, depth)
            : Record(type, depth));
    }

    private object? Leaf(Type type, string name) => type switch
    {
        _ when type == typeof(string) => Text(name),
        _ when type == typeof(bool) => random is null || random.Next(2) == 0,
        _ when type == typeof(byte) => (byte)(random?.Next(256) ?? 255),
        _ when type == typeof(int) => random?.Next(int.MinValue, int.MaxValue) ?? 42,
        _ when type == typeof(long) => random?.NextInt64(long.MinValue, long.MaxValue) ?? 4200,
        _ when type == typeof(double) => random?.NextDouble() * 1e6 ?? 0.25,
        _ when type == typeof(Guid) => NextGuid(),
        _ when type == typeof(TimeSpan) => TimeSpan.FromTicks(random?.NextInt64() ?? 15_000_000),
        _ when type == typeof(DateTimeOffset) => NextTime(),
        _ when type == typeof(AgentId) => new AgentId(Text("agent-1")),
        _ when type == typeof(FrameworkId) => new FrameworkId(Text("framework-1")),
        _ when type == typeof(OfferId) => new OfferId(Text("offer-1")),
        _ when type == typeof(TaskId) => new TaskId(Text("task-1")),
        _ when type == typeof(MasterEpoch) => new MasterEpoch(random?.NextInt64() ?? 3),
        _ when type == typeof(ResourceSet) => NextResources(),
        _ when type == typeof(IActorRef) => actor,
        _ when type == typeof(Ratio) => new Ratio(random?.Next() ?? 6, (random?.Next() ?? 7) + 1L),
        _ when type == typeof(JobFile) => SampleJobs.File,
        _ when type == typeof(JobSpec) => SampleJobs.File.Jobs[random?.Next(2) ?? 1],
        _ when type.IsEnum => NextMember(type),
        _ => null,
    };

    private string Text(string name) => random is null ? name : Texts[random.Next(Texts.Length)] + random.Next(100);

    private Guid NextGuid()
    {
        var bytes = new byte[16];
        random?.NextBytes(bytes);
        return random is null ? Guid.Parse("01234567-89ab-cdef-0123-456789abcdef") : new Guid(bytes);
    }

    private DateTimeOffset NextTime()
    {
        var offset = TimeSpan.FromMinutes(random?.Next(-840, 841) ?? 60);
        var ticks = random?.NextInt64(TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay);
        return ticks is null
            ? new DateTimeOffset(2026, 11, 21, 4, 5, 6, 789, offset)
            : new DateTimeOffset(ticks.Value, offset);
    }

    private ResourceSet NextResources() => random is null
        ? ResourceSet.Parse("cpus:0.5;mem:128;disk:64")
        : ResourceSet.Parse(Resources[random.Next(Resources.Length)])
            + ResourceSet.Of(new Scalar(random.Next(100_000)), new Scalar(random.Next()));

    private object NextMember(Type type)
    {
        var members = Enum.GetValues(type);
        return members.GetValue(random?.Next(members.Length) ?? Math.Min(1, members.Length - 1))!;
    }

    private object Array(Type item, string name, int depth)
    {
        var values = System.Array.CreateInstance(item, random?.Next(4) ?? 2);
        for (var index = 0; index < values.Length; index++)
        {
            values.SetValue(Make(item, name, depth + 1), index);
        }

        return typeof(SampleValues).GetMethod(nameof(ToImmutable), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(item).Invoke(null, [values])!;
    }

    private static ImmutableArray<T> ToImmutable<T>(T[] items) => [.. items];

    private object Record(Type type, int depth)
    {
        if (type.IsAbstract)
        {
            var cases = type.GetNestedTypes().Where(each => each.BaseType == type).OrderBy(each => each.Name).ToList();
            return Record(cases[random?.Next(cases.Count) ?? 0], depth);
        }

        var constructor = type.GetConstructors().MaxBy(static each => each.GetParameters().Length)!;
        var parameters = constructor.GetParameters();
        var record = constructor.Invoke([.. parameters.Select(parameter =>
            Optional(type.GetProperty(parameter.Name!)!, depth))]);
        foreach (var property in type.GetProperties().Where(property => property.CanWrite
            && !System.Array.Exists(parameters, parameter => parameter.Name == property.Name)))
        {
            property.SetValue(record, Optional(property, depth));
        }

        return record;
    }

    private object? Optional(PropertyInfo property, int depth)
    {
        var underlying = Nullable.GetUnderlyingType(property.PropertyType);
        var isOptional = underlying is not null
            || new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;
        return isOptional && random?.Next(3) == 0
            ? null
            : Make(underlying ?? property.PropertyType, property.Name, depth + 1);
    }
}
