using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit.TestActors;

namespace Akka.Contract.Tests.Shutdown;

public sealed class SystemTerminationTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Terminate_ends_all_actors_then_runs_what_was_registered()
    {
        var system = Create();
        var stopped = new TaskCompletionSource();
        var hooks = new List<string>();
        system.ActorOf(Props.Create(() => new LastWords(stopped)));
        system.RegisterOnTermination(() => hooks.Add("first"));
        system.RegisterOnTermination(() => hooks.Add("second"));
        Assert.False(system.WhenTerminated.IsCompleted);
        await system.Terminate().WaitAsync(s_long);
        Assert.True(stopped.Task.IsCompleted);
        Assert.Equal(["second", "first"], hooks);
        Assert.True(system.WhenTerminated.IsCompleted);
    }

    [Fact]
    public async Task Terminate_can_be_called_again()
    {
        var system = Create();
        await Task.WhenAll(system.Terminate(), system.Terminate()).WaitAsync(s_long);
        await system.Terminate().WaitAsync(s_long);
    }

    [Fact]
    public async Task After_the_end_no_actor_can_be_made()
    {
        var system = Create();
        await system.Terminate().WaitAsync(s_long);
        Assert.Throws<InvalidOperationException>(() => system.ActorOf(BlackHoleActor.Props));
    }

    [Fact]
    public async Task A_top_actor_that_fails_is_restarted_and_the_system_lives_on()
    {
        var system = Create();
        var top = system.ActorOf(Props.Create(() => new Failing()));
        top.Tell("fail");
        Assert.Equal("alive", await top.Ask<string>("alive", s_long));
        await system.Terminate().WaitAsync(s_long);
    }

    [Fact]
    public async Task A_failure_that_escalates_beyond_the_top_ends_the_system()
    {
        var strategy = typeof(EscalateAll).AssemblyQualifiedName;
        var system = ActorSystem.Create("escalating", ConfigurationFactory.ParseString(
            $"akka.loglevel = OFF, akka.actor.guardian-supervisor-strategy = \"{strategy}\""));
        system.ActorOf(Props.Create(() => new Failing())).Tell("fail");
        await system.WhenTerminated.WaitAsync(s_long);
    }

    [Fact]
    public void A_system_needs_a_proper_name()
    {
        Assert.ThrowsAny<ArgumentException>(() => ActorSystem.Create(""));
        Assert.ThrowsAny<ArgumentException>(() => ActorSystem.Create("has space"));
    }

    [Fact]
    public async Task Extensions_are_made_once_per_system()
    {
        var system = Create();
        var first = new CountingExtension().Apply(system);
        Assert.Same(first, new CountingExtension().Get(system));
        Assert.Same(first, system.GetExtension<Counting>());
        Assert.True(system.HasExtension<Counting>());
        await system.Terminate().WaitAsync(s_long);
    }

    [Fact]
    public async Task Extensions_named_in_settings_start_with_the_system()
    {
        var name = typeof(CountingExtension).AssemblyQualifiedName;
        var settings = ConfigurationFactory.ParseString($"akka.loglevel = OFF, akka.extensions = [\"{name}\"]");
        var system = ActorSystem.Create("extended", settings);
        Assert.True(system.HasExtension<Counting>());
        await system.Terminate().WaitAsync(s_long);
    }

    private static ActorSystem Create() =>
        ActorSystem.Create("short-lived", ConfigurationFactory.ParseString("akka.loglevel = OFF"));

    private sealed class LastWords : ReceiveActor
    {
        private readonly TaskCompletionSource _stopped;

        public LastWords(TaskCompletionSource stopped) => _stopped = stopped;

        protected override void PostStop() => _stopped.TrySetResult();
    }

    public sealed class EscalateAll : SupervisorStrategyConfigurator
    {
        public override SupervisorStrategy Create() => new OneForOneStrategy(_ => Directive.Escalate);
    }

    private sealed class Failing : ReceiveActor
    {
        public Failing()
        {
            Receive<string>(text => text == "fail", _ => throw new InvalidOperationException("on purpose"));
            ReceiveAny(message => Sender.Tell(message));
        }
    }

    public sealed class Counting : IExtension;

    public sealed class CountingExtension : ExtensionIdProvider<Counting>
    {
        public override Counting CreateExtension(ExtendedActorSystem system) => new();
    }
}
