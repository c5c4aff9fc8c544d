using System.Text.Json.Serialization;

namespace ClusterScheduler.Gateway.Views;

/// <summary>The JSON of all that the gateway says, generated at build.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AgentListView))]
[JsonSerializable(typeof(AgentView))]
[JsonSerializable(typeof(FrameworkListView))]
[JsonSerializable(typeof(TaskListView))]
[JsonSerializable(typeof(TaskDetailView))]
[JsonSerializable(typeof(KillView))]
[JsonSerializable(typeof(VersionView))]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(Problem))]
public sealed partial class GatewayJson : JsonSerializerContext;
