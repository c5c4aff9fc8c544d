namespace Akka.Actor;

/// <summary>A message that the engine handles itself before the actor's behaviour sees anything.</summary>
public interface IAutoReceivedMessage
{
}

/// <summary>A message that must not be taken from an untrusted peer.</summary>
public interface IPossiblyHarmful
{
}

/// <summary>A message that is not serialized when <c>akka.actor.serialize-messages</c> is on.</summary>
public interface INoSerializationVerificationNeeded
{
}

/// <summary>A message that does not count as activity for a receive timeout.</summary>
public interface INotInfluenceReceiveTimeout
{
}

/// <summary>A message around a message; logs and dead letters show the inner one.</summary>
public interface IWrappedMessage
{
    object Message { get; }
}
