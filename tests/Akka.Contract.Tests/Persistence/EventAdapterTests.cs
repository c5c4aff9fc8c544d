using Akka.Actor;
using Akka.Persistence.Journal;

namespace Akka.Contract.Tests.Persistence;

/// <summary>Adapters stand between what actors say and what is stored.</summary>
public sealed class EventAdapterTests : IAsyncLifetime
{
    private readonly Notes _notes = new();
    private readonly ActorSystem _system = ActorSystem.Create(
        "adapters",
        """
        akka.loglevel = OFF
        akka.stdout-loglevel = OFF
        akka.persistence {
          journal {
            plugin = "akka.persistence.journal.inmem"
            inmem {
              event-adapters {
                wrapping = "Akka.Contract.Tests.Persistence.WrappingAdapter, Akka.Contract.Tests"
                splitting = "Akka.Contract.Tests.Persistence.SplittingAdapter, Akka.Contract.Tests"
              }
              event-adapter-bindings {
                "System.String" = wrapping
                "Akka.Contract.Tests.Persistence.Wrapped, Akka.Contract.Tests" = [wrapping, splitting]
              }
            }
          }
          snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        }
        """);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Fact]
    public async Task Events_pass_their_adapters_on_the_way_in_and_out()
    {
        var actor = _system.ActorOf(Scripted.Props("p", _notes));
        await _notes.Expect("recovered 0");
        actor.Tell((Scripted.Command)(a => a.Persist("word", e => a.Note($"handled {e}"))));
        await _notes.Expect("handled word");
        await actor.GracefulStop(TimeSpan.FromSeconds(10));
        await _notes.Expect("stopped");

        _system.ActorOf(Scripted.Props("p", _notes));

        await _notes.Expect("replayed word", "replayed w", "replayed ord", "recovered 1");
    }
}

/// <summary>What is stored in place of a text.</summary>
public sealed record Wrapped(string Text);

public sealed class WrappingAdapter : IEventAdapter
{
    public string Manifest(object evt) => "wrapped";

    public object ToJournal(object evt) => evt is string text ? new Wrapped(text) : evt;

    public IEventSequence FromJournal(object evt, string manifest) =>
        EventSequence.Single(evt is Wrapped wrapped ? wrapped.Text : evt);
}

/// <summary>Only reads: makes two events of one.</summary>
public sealed class SplittingAdapter : IReadEventAdapter
{
    public IEventSequence FromJournal(object evt, string manifest) => evt is Wrapped { Text: var text }
        ? EventSequence.Create(text[..1], text[1..])
        : EventSequence.Empty;
}
