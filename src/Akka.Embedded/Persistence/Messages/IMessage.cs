namespace Akka.Persistence.Serialization;

/// <summary>Marks what belongs to the persistence protocol.</summary>
public interface IMessage
{
}
