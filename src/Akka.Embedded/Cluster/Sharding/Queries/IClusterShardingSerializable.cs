namespace Akka.Cluster.Sharding;

/// <summary>A message of sharding that may go to another node.</summary>
public interface IClusterShardingSerializable;

/// <summary>A question to a region.</summary>
public interface IShardRegionQuery;
