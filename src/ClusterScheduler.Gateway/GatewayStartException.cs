namespace ClusterScheduler.Gateway;

/// <summary>The gateway cannot listen; the message is for the user.</summary>
public sealed class GatewayStartException(string message) : Exception(message);
