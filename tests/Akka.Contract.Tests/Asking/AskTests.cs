using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit.TestActors;

namespace Akka.Contract.Tests.Asking;

public sealed class AskTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(30);

    public AskTests()
        : base(ConfigurationFactory.ParseString("akka.loglevel = OFF"))
    {
    }

    [Fact]
    public async Task The_answer_completes_the_task() =>
        Assert.Equal("answer", await Answering("answer").Ask<string>("question", s_long));

    [Fact]
    public async Task Without_a_type_any_answer_will_do() =>
        Assert.Equal(7, await Answering(7).Ask("question", s_long));

    [Fact]
    public async Task No_answer_in_time_is_a_timeout()
    {
        var silent = Sys.ActorOf(BlackHoleActor.Props);
        await Assert.ThrowsAsync<AskTimeoutException>(() => silent.Ask<string>("question", s_short));
    }

    [Fact]
    public async Task A_failure_is_thrown()
    {
        var failing = Answering(new Status.Failure(new InvalidOperationException("on purpose")));
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => failing.Ask<string>("question", s_long));
        Assert.Equal("on purpose", thrown.Message);
    }

    [Fact]
    public async Task An_answer_of_another_type_is_an_error() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Answering(7).Ask<string>("question", s_long));

    [Fact]
    public async Task Cancelling_ends_the_wait()
    {
        using var cancellation = new CancellationTokenSource();
        var task = Sys.ActorOf(BlackHoleActor.Props).Ask<string>("question", s_long, cancellation.Token);
        cancellation.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
    }

    [Fact]
    public async Task The_message_can_be_made_for_the_one_who_waits()
    {
        var actor = Sys.ActorOf(Props.Create(() => new AnswersTo()));
        var answer = await actor.Ask<string>(waiting => new Question(waiting), s_long, CancellationToken.None);
        Assert.Equal("to you", answer);
    }

    [Fact]
    public async Task A_selection_can_be_asked()
    {
        Sys.ActorOf(Props.Create(() => new Answers("here")), "answering");
        Assert.Equal("here", await Sys.ActorSelection("/user/answering").Ask<string>("question", s_long));
    }

    [Fact]
    public async Task The_one_who_waits_can_be_found_by_its_path()
    {
        var actor = Sys.ActorOf(Props.Create(() => new AnswersByPath()));
        Assert.Equal("found", await actor.Ask<string>("question", s_long));
    }

    [Fact]
    public async Task A_second_answer_is_a_dead_letter()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Event.DeadLetter));
        var actor = Sys.ActorOf(Props.Create(() => new AnswersTwice()));
        Assert.Equal("first", await actor.Ask<string>("question", s_long));
        Assert.Equal("second", ExpectMsg<Event.DeadLetter>().Message);
    }

    [Fact]
    public async Task Asking_an_actor_that_stopped_times_out()
    {
        var actor = Sys.ActorOf(BlackHoleActor.Props);
        await actor.GracefulStop(s_long);
        await Assert.ThrowsAsync<AskTimeoutException>(() => actor.Ask<string>("question", s_short));
    }

    private IActorRef Answering(object answer) => Sys.ActorOf(Props.Create(() => new Answers(answer)));

    private sealed record Question(IActorRef AnswerTo);

    private sealed class Answers : ReceiveActor
    {
        public Answers(object answer) => ReceiveAny(_ => Sender.Tell(answer));
    }

    private sealed class AnswersTo : ReceiveActor
    {
        public AnswersTo() => Receive<Question>(question => question.AnswerTo.Tell("to you"));
    }

    private sealed class AnswersByPath : ReceiveActor
    {
        public AnswersByPath() => ReceiveAny(_ =>
            ((ExtendedActorSystem)Context.System).Provider.ResolveActorRef(Sender.Path).Tell("found"));
    }

    private sealed class AnswersTwice : ReceiveActor
    {
        public AnswersTwice() => ReceiveAny(_ =>
        {
            Sender.Tell("first");
            Sender.Tell("second");
        });
    }
}
