namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>Something that mediators say to each other.</summary>
public interface IDistributedPubSubMessage
{
}
