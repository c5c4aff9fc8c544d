namespace Akka.Persistence;

/// <summary>A persistent actor with one method for commands and one for recovery; both say what they handled.</summary>
public abstract class PersistentActor : Eventsourced
{
    protected override bool Receive(object message) => ReceiveCommand(message);
}
