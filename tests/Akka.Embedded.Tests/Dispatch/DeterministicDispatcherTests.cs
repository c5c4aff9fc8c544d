using System.Globalization;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.TestKit;

namespace Akka.Embedded.Tests.Dispatch;

public sealed class DeterministicDispatcherTests
{
    private const string Settings = """
        akka.loglevel = OFF
        akka.loggers = []
        akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
        akka.coordinated-shutdown.run-by-actor-system-terminate = off
        """;

    [Fact]
    public void The_same_seed_gives_the_same_order()
    {
        for (var seed = 0UL; seed < 20; seed++)
            Assert.Equal(Run(seed), Run(seed));
    }

    [Fact]
    public void Other_seeds_give_other_orders() =>
        Assert.True(Enumerable.Range(0, 20).Select(seed => Run((ulong)seed)).Distinct().Count() > 10);

    [Fact]
    public void Nothing_runs_unless_it_is_told_to()
    {
        var (system, dispatcher, log) = Create(1);
        dispatcher.RunUntilIdle(1_000);
        system.ActorOf(Props.Create(() => new Noting(log, "a"))).Tell(1, ActorRefs.NoSender);
        Assert.Empty(log);
        Assert.False(dispatcher.IsIdle);
        dispatcher.RunUntilIdle(1_000);
        Assert.Equal(["a1"], log);
    }

    [Fact]
    public void Virtual_time_moves_only_when_told_to()
    {
        var (system, dispatcher, log) = Create(1);
        var actor = system.ActorOf(Props.Create(() => new Noting(log, "a")));
        system.Scheduler.ScheduleTellOnce(TimeSpan.FromHours(1), actor, 7, ActorRefs.NoSender);
        dispatcher.RunUntilIdle(1_000);
        Assert.Empty(log);
        ((TestScheduler)system.Scheduler).Advance(TimeSpan.FromHours(1));
        dispatcher.RunUntilIdle(1_000);
        Assert.Equal(["a7"], log);
    }

    [Fact]
    public void Actors_that_never_rest_are_noticed()
    {
        var (system, dispatcher, log) = Create(1);
        system.ActorOf(Props.Create(() => new Restless(log))).Tell(1, ActorRefs.NoSender);
        Assert.Throws<InvalidOperationException>(() => dispatcher.RunUntilIdle(100));
    }

    private static string Run(ulong seed)
    {
        var (system, dispatcher, log) = Create(seed);
        var actors = new[] { "a", "b", "c" }.Select(
            name => system.ActorOf(Props.Create(() => new Noting(log, name)), name));
        foreach (var actor in actors.ToList())
        {
            for (var number = 0; number < 4; number++)
                actor.Tell(number, ActorRefs.NoSender);
        }

        dispatcher.RunUntilIdle(10_000);
        return string.Join(' ', log);
    }

    private static (ActorSystem System, DeterministicDispatcher Dispatcher, List<string> Log) Create(ulong seed)
    {
        var dispatcher = new DeterministicDispatcher(seed);
        var setup = ActorSystemSetup.Create(
            BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString(Settings)),
            new DeterministicSetup(dispatcher));
        return (ActorSystem.Create("simulated", setup), dispatcher, []);
    }

    private sealed class Noting : ReceiveActor
    {
        public Noting(List<string> log, string name) =>
            Receive<int>(number => log.Add(name + number.ToString(CultureInfo.InvariantCulture)));
    }

    private sealed class Restless : ReceiveActor
    {
        public Restless(List<string> log) => Receive<int>(number =>
        {
            log.Add("again");
            Self.Tell(number);
        });
    }
}
