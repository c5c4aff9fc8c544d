using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.TestKit.TestActors;

namespace Akka.Contract.Tests.Events;

public sealed class EventStreamTests : Akka.TestKit.Xunit2.TestKit
{
    public EventStreamTests()
        : base(ConfigurationFactory.ParseString("akka.loglevel = OFF"))
    {
    }

    private interface IMarked;

    [Fact]
    public void A_subscriber_gets_its_type_and_what_derives_from_it()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Animal));
        Sys.EventStream.Publish(new Stone());
        Sys.EventStream.Publish(new Dog("a"));
        Sys.EventStream.Publish(new Animal("b"));
        ExpectMsg(new Dog("a"));
        ExpectMsg(new Animal("b"));
    }

    [Fact]
    public void A_subscriber_to_an_interface_gets_what_implements_it()
    {
        Sys.EventStream.Subscribe<IMarked>(TestActor);
        Sys.EventStream.Publish(new Dog("a"));
        ExpectMsg(new Dog("a"));
    }

    [Fact]
    public void Two_subscriptions_that_both_match_bring_one_copy()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Animal));
        Sys.EventStream.Subscribe(TestActor, typeof(Dog));
        Sys.EventStream.Publish(new Dog("a"));
        ExpectMsg(new Dog("a"));
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void Subscribing_again_and_unsubscribing_what_is_not_changes_nothing()
    {
        Assert.True(Sys.EventStream.Subscribe(TestActor, typeof(Animal)));
        Assert.False(Sys.EventStream.Subscribe(TestActor, typeof(Animal)));
        Assert.True(Sys.EventStream.Unsubscribe(TestActor, typeof(Animal)));
        Assert.False(Sys.EventStream.Unsubscribe(TestActor, typeof(Animal)));
        Sys.EventStream.Publish(new Animal("a"));
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void One_can_unsubscribe_from_everything()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Animal));
        Sys.EventStream.Subscribe(TestActor, typeof(Stone));
        Sys.EventStream.Unsubscribe(TestActor);
        Sys.EventStream.Publish(new Animal("a"));
        Sys.EventStream.Publish(new Stone());
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void Suppressed_dead_letters_are_kept_apart()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(AllDeadLetters));
        Sys.DeadLetters.Tell(new Quiet(), ActorRefs.NoSender);
        Assert.IsType<Quiet>(ExpectMsg<SuppressedDeadLetter>().Message);
        Sys.DeadLetters.Tell("loud", ActorRefs.NoSender);
        Assert.Equal("loud", ExpectMsg<DeadLetter>().Message);
    }

    [Fact]
    public void What_is_told_to_nobody_in_particular_is_ignored_or_lost_as_asked()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        Sys.IgnoreRef.Tell("ignored", ActorRefs.NoSender);
        ActorRefs.Nobody.Tell("nobody", ActorRefs.NoSender);
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void An_actor_that_ended_gets_no_more_events()
    {
        var actor = Sys.ActorOf(BlackHoleActor.Props);
        Sys.EventStream.Subscribe(actor, typeof(Animal));
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        AwaitAssert(() =>
        {
            Sys.EventStream.Publish(new Animal("late"));
            ExpectNoMsg(TimeSpan.FromMilliseconds(20));
        });
    }

    private record Animal(string Name);

    private sealed record Dog(string Name) : Animal(Name), IMarked;

    private sealed record Stone;

    private sealed record Quiet : IDeadLetterSuppression;
}
