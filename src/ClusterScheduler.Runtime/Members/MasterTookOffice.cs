namespace ClusterScheduler.Runtime.Members;

/// <summary>On the event stream of the node on which it happened: the master here is in office.</summary>
public sealed record MasterTookOffice(MasterEpoch Epoch, string ClusterId);
