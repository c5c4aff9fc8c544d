using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;

namespace Akka.Contract.Tests.Persistence;

/// <summary>What persistent actors rely on, whichever journal and snapshot store they use.</summary>
public abstract partial class PersistenceContract : IAsyncLifetime
{
    private static int s_ids;

    private ActorSystem? _system;

    private protected ActorSystem System => _system ??= ActorSystem.Create("persistence", Config());

    private protected Notes Notes { get; } = new();

    private protected string Id { get; } = $"actor-{Interlocked.Increment(ref s_ids)}";

    /// <summary>The plugins under test.</summary>
    private protected abstract string Plugins { get; }

    public virtual Task InitializeAsync() => Task.CompletedTask;

    public virtual async Task DisposeAsync()
    {
        if (_system is not null)
        {
            await _system.Terminate();
        }
    }

    private protected Config Config() => ConfigurationFactory.ParseString(
        $$"""
          akka.loglevel = OFF
          akka.stdout-loglevel = OFF
          akka.log-dead-letters = off
          {{TextSerializer.Settings}}
          {{Plugins}}
          """);

    private protected IActorRef Start(Recovery? recovery = null, Scripted.Command? onCompleted = null) =>
        System.ActorOf(Scripted.Props(Id, Notes, recovery, onCompleted));

    private protected async Task<IActorRef> StartNew()
    {
        var actor = Start();
        await Notes.Expect("recovered 0");
        return actor;
    }

    private protected async Task Stop(IActorRef actor)
    {
        Assert.True(await actor.GracefulStop(TimeSpan.FromSeconds(10)));
        await Notes.Expect("stopped");
    }

    private protected async Task PersistAndStop(params string[] events)
    {
        var actor = Start();
        await Notes.Until("recovered 0");
        Tell(actor, a => a.PersistAll(events, e => a.Note($"stored {e}")));
        await Notes.Until($"stored {events[^1]}");
        await Stop(actor);
    }

    private protected static void Tell(IActorRef actor, Scripted.Command command) => actor.Tell(command);
}
