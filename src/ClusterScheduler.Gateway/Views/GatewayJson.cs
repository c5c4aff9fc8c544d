using System.Text.Json.Serialization;

namespace ClusterScheduler.Gateway.Views;

/// <summary>The JSON of all that the gateway says, generated at build.</summary>
[JsonSourceGenerationOptions(
    AllowDuplicateProperties = false,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AgentListView))]
[JsonSerializable(typeof(AgentView))]
[JsonSerializable(typeof(FrameworkListView))]
[JsonSerializable(typeof(FrameworkView))]
[JsonSerializable(typeof(TaskListView))]
[JsonSerializable(typeof(TaskDetailView))]
[JsonSerializable(typeof(KillView))]
[JsonSerializable(typeof(JobListView))]
[JsonSerializable(typeof(JobView))]
[JsonSerializable(typeof(JobDetailView))]
[JsonSerializable(typeof(JobChangesView))]
[JsonSerializable(typeof(JobKillView))]
[JsonSerializable(typeof(SubmittedView))]
[JsonSerializable(typeof(WhyView))]
[JsonSerializable(typeof(RoleListView))]
[JsonSerializable(typeof(RoleView))]
[JsonSerializable(typeof(WeightListView))]
[JsonSerializable(typeof(WeightBody))]
[JsonSerializable(typeof(QuotaListView))]
[JsonSerializable(typeof(QuotaView))]
[JsonSerializable(typeof(QuotaBody))]
[JsonSerializable(typeof(QuotaUpdateView))]
[JsonSerializable(typeof(FrameworkWhyView))]
[JsonSerializable(typeof(RoleWhyView))]
[JsonSerializable(typeof(OperationBody))]
[JsonSerializable(typeof(QuotaListBody))]
[JsonSerializable(typeof(OperationView))]
[JsonSerializable(typeof(ReclaimPlanView))]
[JsonSerializable(typeof(MaintenanceScheduleView))]
[JsonSerializable(typeof(MaintenanceStatusView))]
[JsonSerializable(typeof(MachinesBody))]
[JsonSerializable(typeof(VersionView))]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(Problem))]
public sealed partial class GatewayJson : JsonSerializerContext;
