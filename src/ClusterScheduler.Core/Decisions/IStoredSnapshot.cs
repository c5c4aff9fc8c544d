namespace ClusterScheduler.Core.Decisions;

/// <summary>
/// A whole state of an entity as it is stored beside its events, so that recovery need not read them all. Has a
/// manifest name and golden bytes like an event, and is only extended.
/// </summary>
public interface IStoredSnapshot;
