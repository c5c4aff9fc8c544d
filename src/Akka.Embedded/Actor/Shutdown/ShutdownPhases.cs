using Akka.Configuration;

namespace Akka.Actor;

/// <summary>One phase of a shutdown. Recover: a task that fails or is late does not stop the phases after it.</summary>
internal sealed record ShutdownPhase(string Name, TimeSpan Timeout, bool Recover, IReadOnlyList<string> DependsOn);

/// <summary>The phases of HOCON in an order in which each comes after those it depends on.</summary>
internal sealed class ShutdownPhases
{
    private readonly Dictionary<string, ShutdownPhase> _byName;

    private ShutdownPhases(Dictionary<string, ShutdownPhase> byName)
    {
        _byName = byName;
        InOrder = Sort(byName);
    }

    internal IReadOnlyList<ShutdownPhase> InOrder { get; }

    internal static ShutdownPhases Read(Config config)
    {
        var timeout = config.GetTimeSpan("default-phase-timeout", TimeSpan.FromSeconds(5));
        var phases = new Dictionary<string, ShutdownPhase>(StringComparer.Ordinal);
        foreach (var (name, _) in config.GetConfig("phases").AsEnumerable())
        {
            var phase = config.GetConfig($"phases.{name}") ?? Config.Empty;
            phases[name] = new ShutdownPhase(
                name, phase.GetTimeSpan("timeout", timeout), phase.GetBoolean("recover", true),
                [.. phase.GetStringList("depends-on")]);
        }

        return new ShutdownPhases(phases);
    }

    internal ShutdownPhase Find(string name) => _byName.GetValueOrDefault(name) ?? throw new ArgumentException(
        $"'{name}' is no phase of the shutdown; there are: {string.Join(", ", InOrder.Select(phase => phase.Name))}.",
        nameof(name));

    internal IEnumerable<ShutdownPhase> From(ShutdownPhase? first) =>
        first is null ? InOrder : InOrder.SkipWhile(phase => phase != first);

    private static List<ShutdownPhase> Sort(Dictionary<string, ShutdownPhase> byName)
    {
        var sorted = new List<ShutdownPhase>();
        var visiting = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in byName.Keys.Order(StringComparer.Ordinal))
            Visit(name);
        return sorted;

        void Visit(string name)
        {
            if (!byName.TryGetValue(name, out var phase))
                throw new ConfigurationException($"A shutdown phase depends on '{name}', which does not exist.");
            if (sorted.Contains(phase))
                return;
            if (!visiting.Add(name))
                throw new ConfigurationException(
                    $"The shutdown phases depend on each other in a circle through '{name}'.");
            foreach (var earlier in phase.DependsOn)
                Visit(earlier);
            sorted.Add(phase);
        }
    }
}
