namespace Akka.TestKit;

/// <summary>A test with this mark is not the sender of what it tells without naming one.</summary>
public interface INoImplicitSender
{
}
