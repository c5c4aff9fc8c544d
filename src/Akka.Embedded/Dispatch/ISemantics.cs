using Akka.Actor;

namespace Akka.Dispatch;

public interface ISemantics
{
}

/// <summary>An actor says with this what its mailbox must be able to do.</summary>
public interface IRequiresMessageQueue<T>
    where T : ISemantics
{
}

public interface IUnboundedMessageQueueSemantics : ISemantics
{
}

public interface IBoundedMessageQueueSemantics : ISemantics
{
    TimeSpan PushTimeOut { get; }
}

public interface IDequeBasedMessageQueueSemantics : ISemantics
{
    void EnqueueFirst(Envelope envelope);
}

public interface IUnboundedDequeBasedMessageQueueSemantics
    : IDequeBasedMessageQueueSemantics, IUnboundedMessageQueueSemantics
{
}

public interface IBoundedDequeBasedMessageQueueSemantics
    : IBoundedMessageQueueSemantics, IDequeBasedMessageQueueSemantics
{
}
