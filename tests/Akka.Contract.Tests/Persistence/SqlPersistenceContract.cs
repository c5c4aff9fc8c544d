using Akka.Actor;
using Akka.Contract.Tests.Databases;

namespace Akka.Contract.Tests.Persistence;

/// <summary>What holds for journals that outlive their actor system and keep numbers unique.</summary>
public abstract class SqlPersistenceContract : PersistenceContract
{
    [StoreFact]
    public async Task Another_actor_system_finds_what_was_stored()
    {
        await PersistAndStop("one", "two");
        await System.Terminate();

        var other = ActorSystem.Create("persistence", Config());
        other.ActorOf(Scripted.Props(Id, Notes));

        await Notes.Expect("replayed one", "replayed two", "recovered 2");
        await other.Terminate();
    }

    [StoreFact]
    public async Task The_second_writer_of_a_number_is_stopped_and_stores_nothing()
    {
        var first = await StartNew();
        var fenced = new Notes();
        var second = System.ActorOf(Scripted.Props(Id, fenced));
        await fenced.Expect("recovered 0");

        Tell(first, a => a.Persist("first", a.Note));
        await Notes.Expect("first");
        Tell(second, a =>
        {
            a.PersistAsync("second", a.Note);
            a.PersistAsync("third", a.Note);
        });

        await fenced.Expect("failed second 1");
        await fenced.Until("stopped");
        await Stop(first);
        Start();
        await Notes.Expect("replayed first", "recovered 1");
    }

    [StoreFact]
    public async Task After_what_cannot_be_serialized_the_actor_goes_on()
    {
        var actor = await StartNew();

        Tell(actor, a => a.Persist<object>(new Unserializable(), _ => a.Note("stored")));
        Tell(actor, a => a.Persist("fine", e => a.Note($"{e} {a.LastSequenceNr}")));

        // Akka.Persistence.Sql 1.5.73 calls the handler instead of rejecting it: every event needs its serializer.
        var isEmbedded = typeof(ActorSystem).Assembly.GetName().Name == "Akka.Embedded";
        var before = Assert.Single(await Notes.Until("fine 2"));
        Assert.True(before == $"rejected {nameof(Unserializable)} 1" || (!isEmbedded && before == "stored"), before);
    }

    private sealed class Unserializable
    {
        public override string ToString() => nameof(Unserializable);
    }
}
