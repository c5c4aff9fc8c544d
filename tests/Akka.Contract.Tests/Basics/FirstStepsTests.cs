using Akka.Actor;

namespace Akka.Contract.Tests.Basics;

public sealed class FirstStepsTests
{
    [Fact]
    public async Task An_actor_answers_an_ask()
    {
        using var system = ActorSystem.Create("first-steps");
        var echo = system.ActorOf(Props.Create(() => new Echo()), "echo");
        Assert.Equal("hello", await echo.Ask<string>("hello", TimeSpan.FromSeconds(5)));
        await system.Terminate();
    }

    [Fact]
    public async Task A_failing_actor_is_restarted_and_goes_on()
    {
        using var system = ActorSystem.Create("first-steps", "akka.loglevel = OFF, akka.stdout-loglevel = OFF");
        var echo = system.ActorOf(Props.Create(() => new Echo()));
        echo.Tell(new InvalidOperationException("on purpose"));
        Assert.Equal("still here", await echo.Ask<string>("still here", TimeSpan.FromSeconds(5)));
        await system.Terminate();
    }

    [Fact]
    public async Task A_stopped_actor_is_announced_to_its_watcher()
    {
        using var system = ActorSystem.Create("first-steps");
        var echo = system.ActorOf(Props.Create(() => new Echo()));
        Assert.True(await echo.GracefulStop(TimeSpan.FromSeconds(5)));
        await system.Terminate();
    }

    [Fact]
    public async Task What_the_constructor_becomes_is_the_first_behaviour()
    {
        using var system = ActorSystem.Create("first-steps");
        var actor = system.ActorOf(Props.Create(() => new BecomesAtOnce()));
        Assert.Equal("became", await actor.Ask<string>("hello", TimeSpan.FromSeconds(5)));
        await system.Terminate();
    }

    private sealed class BecomesAtOnce : ReceiveActor
    {
        public BecomesAtOnce() => Become(() => ReceiveAny(_ => Sender.Tell("became")));
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo()
        {
            Receive<Exception>(failure => throw failure);
            ReceiveAny(message => Sender.Tell(message));
        }
    }
}
