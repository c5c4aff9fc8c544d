using System.Collections.Immutable;
using Akka.Configuration;
using Akka.Util;

namespace Akka.Actor.Setup
{
    /// <summary>Settings of a system that are objects, not text.</summary>
    public abstract class Setup
    {
        public ActorSystemSetup And(Setup other) => ActorSystemSetup.Create(this, other);
    }

    public sealed class ActorSystemSetup
    {
        public static readonly ActorSystemSetup Empty = new(ImmutableDictionary<Type, Setup>.Empty);

        private readonly ImmutableDictionary<Type, Setup> _byType;

        private ActorSystemSetup(ImmutableDictionary<Type, Setup> byType) => _byType = byType;

        public static ActorSystemSetup Create(params Setup[] setup) =>
            new(setup.ToImmutableDictionary(each => each.GetType()));

        public Option<T> Get<T>()
            where T : Setup => _byType.TryGetValue(typeof(T), out var setup) ? new Option<T>((T)setup) : Option<T>.None;

        public ActorSystemSetup WithSetup<T>(T setup)
            where T : Setup => new(_byType.SetItem(typeof(T), setup));

        public ActorSystemSetup And<T>(T setup)
            where T : Setup => WithSetup(setup);
    }
}

namespace Akka.Actor
{
    /// <summary>HOCON as one of the setups of a system.</summary>
    public sealed class BootstrapSetup : Setup.Setup
    {
        private BootstrapSetup(Option<Config> config) => Config = config;

        public Option<Config> Config { get; }

        public static BootstrapSetup Create() => new(Option<Config>.None);

        public BootstrapSetup WithConfig(Config config) => new(new Option<Config>(config));

        public BootstrapSetup WithConfigFallback(Config config) =>
            new(new Option<Config>(Config.HasValue ? Config.Value.WithFallback(config) : config));
    }
}
