using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Contract.Tests.Logging;

public sealed class LoggingTests : Akka.TestKit.Xunit2.TestKit
{
    public LoggingTests()
        : base(ConfigurationFactory.ParseString("akka.loglevel = INFO"))
    {
    }

    [Fact]
    public void An_actors_log_names_the_actor_and_its_class()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Warning));
        var actor = Sys.ActorOf(Props.Create(() => new Complaining()), "complaining");
        EventFilter.Warning().Mute(() =>
        {
            actor.Tell("too hot");
            var logged = ExpectMsg<Warning>();
            Assert.Contains("akka://test/user/complaining", logged.LogSource, StringComparison.Ordinal);
            Assert.Equal(typeof(Complaining), logged.LogClass);
            Assert.Equal("It is too hot.", logged.Message.ToString());
            Assert.Equal(LogLevel.WarningLevel, logged.LogLevel());
        });
    }

    [Fact]
    public void Below_the_level_nothing_is_published()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Akka.Event.Debug));
        var log = Akka.Event.Logging.GetLogger(Sys, "test");
        Assert.False(log.IsDebugEnabled);
        Assert.True(log.IsInfoEnabled);
        log.Debug("hidden");
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void The_level_can_be_changed_while_running()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Akka.Event.Debug));
        Sys.EventStream.SetLogLevel(LogLevel.DebugLevel);
        EventFilter.Debug().Mute(() =>
        {
            Sys.Log.Debug("shown {0}", 1);
            Assert.Equal("shown 1", FishForMessage<Akka.Event.Debug>(_ => true).Message.ToString());
        });
    }

    [Fact]
    public void The_cause_travels_with_an_error()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Error));
        var cause = new InvalidOperationException("on purpose");
        EventFilter.Error().Mute(() =>
        {
            Sys.Log.Error(cause, "{0} went wrong", "It");
            var logged = ExpectMsg<Error>();
            Assert.Same(cause, logged.Cause);
            Assert.Equal("It went wrong", logged.Message.ToString());
        });
    }

    [Fact]
    public void Loggers_named_in_settings_get_the_events()
    {
        var settings = $"akka.loggers = [\"{typeof(Recording).AssemblyQualifiedName}\"], akka.loglevel = INFO";
        var system = ActorSystem.Create("recorded", ConfigurationFactory.ParseString(settings));
        try
        {
            var marker = Guid.NewGuid().ToString();
            system.Log.Info(marker);
            AwaitCondition(() => Recording.Seen.Contains(marker));
        }
        finally
        {
            Shutdown(system);
        }
    }

    [Fact]
    public void A_logger_that_is_no_actor_is_refused()
    {
        var settings = ConfigurationFactory.ParseString("akka.loggers = [\"Does.Not.Exist, Nowhere\"]");
        Assert.ThrowsAny<Exception>(() => ActorSystem.Create("broken", settings));
    }

    private sealed class Complaining : ReceiveActor
    {
        private readonly ILoggingAdapter _log = Context.GetLogger();

        public Complaining() => Receive<string>(what => _log.Warning("It is {0}.", what));
    }

    public sealed class Recording : ReceiveActor
    {
        public Recording()
        {
            Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
            Receive<LogEvent>(logged => Seen.Enqueue(logged.Message.ToString() ?? ""));
        }

        internal static System.Collections.Concurrent.ConcurrentQueue<string> Seen { get; } = new();
    }
}
