using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// The first actors: the root, /system and /user. They end in the order user, system, root; a failure that reaches
/// the root ends the system.
/// </summary>
internal sealed class Guardians
{
    internal Guardians(ActorSystemImpl system, ActorPath rootPath, Action ended)
    {
        var dispatcher = system.Dispatchers.Lookup(Dispatch.Dispatchers.DefaultDispatcherId);
        var above = new RootSupervisorRef(rootPath / "_root-guardian-supervisor", ended);
        Root = new LocalActorRef(system, Props.Create(() => new RootGuardianActor()), dispatcher, above, rootPath);
        User = null!;
        System = null!;
    }

    internal LocalActorRef Root { get; }

    internal LocalActorRef User { get; private set; }

    internal LocalActorRef System { get; private set; }

    internal void Start(string strategyClass)
    {
        var strategy = SupervisorStrategyConfigurator.CreateConfigurator(strategyClass).Create();
        Root.Cell.Start();
        System = Root.Cell.AttachChild(Props.Create(() => new GuardianActor()), "system");
        User = Root.Cell.AttachChild(Props.Create(() => new GuardianActor()).WithSupervisorStrategy(strategy), "user");
        Root.Tell(new WatchGuardians(User, System), ActorRefs.NoSender);
    }

    internal void Stop() => Root.Cell.SystemImpl.Stop(User);

    private sealed record WatchGuardians(LocalActorRef User, LocalActorRef System)
        : INoSerializationVerificationNeeded;

    private sealed class RootGuardianActor : UntypedActor
    {
        private LocalActorRef? _user;
        private LocalActorRef? _systemGuardian;

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case WatchGuardians guardians:
                    (_user, _systemGuardian) = (guardians.User, guardians.System);
                    Context.Watch(_user);
                    Context.Watch(_systemGuardian);
                    break;
                case Terminated gone when gone.ActorRef.Equals(_user):
                    Context.Stop(_systemGuardian!);
                    break;
                case Terminated gone when gone.ActorRef.Equals(_systemGuardian):
                    Context.Stop(Self);
                    break;
                default:
                    Context.System.DeadLetters.Forward(message);
                    break;
            }
        }

        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(failure =>
        {
            Context.System.Log.Error(failure, "A guardian failed; the actor system ends.");
            return Directive.Stop;
        });
    }

    private sealed class GuardianActor : UntypedActor
    {
        protected override void OnReceive(object message) => Context.System.DeadLetters.Tell(
            new DeadLetter(message, Sender, Self), Sender);

        protected override void PreRestart(Exception reason, object? message)
        {
            // The guardians' children survive.
        }
    }

    /// <summary>Stands above the root, only to hear that it has ended.</summary>
    private sealed class RootSupervisorRef(ActorPath path, Action ended) : MinimalActorRef
    {
        public override ActorPath Path { get; } = path;

        internal override void SendSystem(SystemMessage message)
        {
            if (message is Failed failed)
                failed.Child.Stop();
            else if (message is DeathWatchNotification)
                ended();
        }
    }
}
