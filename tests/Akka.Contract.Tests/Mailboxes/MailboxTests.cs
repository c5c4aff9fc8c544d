using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Contract.Tests.Mailboxes;

public sealed class MailboxTests : Akka.TestKit.Xunit2.TestKit
{
    private const string Settings = """
        akka.loglevel = OFF
        small { mailbox-type = "Akka.Dispatch.BoundedMailbox", mailbox-capacity = 2, mailbox-push-timeout-time = 0s }
        own-thread { type = PinnedDispatcher }
        own-pool { type = ForkJoinDispatcher, throughput = 5, dedicated-thread-pool { thread-count = 2 } }
        """;

    public MailboxTests()
        : base(ConfigurationFactory.ParseString(Settings))
    {
    }

    [Fact]
    public void What_does_not_fit_into_a_bounded_mailbox_is_a_dead_letter()
    {
        using var gate = new ManualResetEventSlim();
        using var busy = new ManualResetEventSlim();
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        var actor = Sys.ActorOf(Props.Create(() => new Blocking(gate, busy)).WithMailbox("small"));
        actor.Tell("block");
        Assert.True(busy.Wait(TimeSpan.FromSeconds(30)));
        foreach (var number in new[] { 1, 2, 3 })
            actor.Tell(number);
        Assert.Equal(3, ExpectMsg<DeadLetter>().Message);
        gate.Set();
        ExpectMsg(1);
        ExpectMsg(2);
    }

    [Theory]
    [InlineData("own-thread")]
    [InlineData("own-pool")]
    public void A_dispatcher_of_ones_own_is_used_and_not_the_thread_pool(string dispatcher)
    {
        var actor = Sys.ActorOf(Props.Create(() => new ThreadTeller()).WithDispatcher(dispatcher));
        actor.Tell("which");
        Assert.False(ExpectMsg<bool>());
    }

    [Fact]
    public void The_default_is_the_thread_pool()
    {
        var actor = Sys.ActorOf(Props.Create(() => new ThreadTeller()));
        actor.Tell("which");
        Assert.True(ExpectMsg<bool>());
    }

    [Fact]
    public void Messages_of_one_sender_arrive_in_order()
    {
        const int count = 20_000;
        var test = TestActor;
        var actor = Sys.ActorOf(Props.Create(() => new OrderChecker(test, count)));
        for (var number = 0; number < count; number++)
            actor.Tell(number);
        ExpectMsg("in order", TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task No_message_of_many_senders_is_lost()
    {
        const int senders = 4;
        const int each = 20_000;
        var test = TestActor;
        var actor = Sys.ActorOf(Props.Create(() => new Counter(test, senders * each)));
        await Task.WhenAll(Enumerable.Range(0, senders).Select(_ => Task.Run(() =>
        {
            for (var number = 0; number < each; number++)
                actor.Tell(number, ActorRefs.NoSender);
        })));
        await ExpectMsgAsync("all", TimeSpan.FromSeconds(10));
    }

    private sealed class Blocking : ReceiveActor
    {
        public Blocking(ManualResetEventSlim gate, ManualResetEventSlim busy)
        {
            Receive<string>(_ =>
            {
                busy.Set();
                gate.Wait(TimeSpan.FromSeconds(10));
            });
            Receive<int>(number => Sender.Tell(number));
        }
    }

    private sealed class ThreadTeller : ReceiveActor
    {
        public ThreadTeller() => ReceiveAny(_ => Sender.Tell(Thread.CurrentThread.IsThreadPoolThread));
    }

    private sealed class OrderChecker : ReceiveActor
    {
        private int _next;

        public OrderChecker(IActorRef test, int count) => Receive<int>(number =>
        {
            if (number != _next++)
                test.Tell($"{number} came too early");
            else if (_next == count)
                test.Tell("in order");
        });
    }

    private sealed class Counter : ReceiveActor
    {
        private int _left;

        public Counter(IActorRef test, int count)
        {
            _left = count;
            Receive<int>(_ =>
            {
                if (--_left == 0)
                    test.Tell("all");
            });
        }
    }
}
