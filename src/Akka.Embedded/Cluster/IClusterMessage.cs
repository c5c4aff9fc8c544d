namespace Akka.Cluster;

/// <summary>What the membership of one node says to that of another.</summary>
public interface IClusterMessage;
