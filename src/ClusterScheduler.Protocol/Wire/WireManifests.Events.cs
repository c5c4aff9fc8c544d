using ClusterScheduler.Core.Registry;

namespace ClusterScheduler.Protocol.Wire;

/// <summary>The names of what is stored, which outlive every version of the program that wrote them.</summary>
internal static partial class WireManifests
{
    private static WireManifest[] Events =>
    [
        Of<RegistryEvent.MasterElected>("event.registry.master-elected/1"),
        Of<RegistryEvent.AgentAdmitted>("event.registry.agent-admitted/1"),
        Of<RegistryEvent.AgentMarkedUnreachable>("event.registry.agent-marked-unreachable/1"),
        Of<RegistryEvent.AgentMarkedGone>("event.registry.agent-marked-gone/1"),
        Of<RegistryEvent.AgentsAnnounced>("event.registry.agents-announced/1"),
        Of<RegistryEvent.AgentsForgotten>("event.registry.agents-forgotten/1"),
        Of<RegistryEvent.FrameworksForgotten>("event.registry.frameworks-forgotten/1"),
        Of<RegistryEvent.FrameworkAdmitted>("event.registry.framework-admitted/1"),
        Of<RegistryEvent.FrameworkRemoved>("event.registry.framework-removed/1"),
        Of<RegistryEvent.AgentResourcesConverted>("event.registry.agent-resources-converted/1"),
        Of<RegistryEvent.WeightsSet>("event.registry.weights-set/1"),
        Of<RegistryEvent.QuotaSet>("event.registry.quota-set/1"),
        Of<RegistryEvent.MaintenanceScheduled>("event.registry.maintenance-scheduled/1"),
        Of<RegistryEvent.MaintenanceStarted>("event.registry.maintenance-started/1"),
        Of<RegistryEvent.MaintenanceStopped>("event.registry.maintenance-stopped/1"),

        Of<FrameworkEvent.Subscribed>("event.framework.subscribed/1"),
        Of<FrameworkEvent.IntentStored>("event.framework.intent-stored/1"),
        Of<FrameworkEvent.IntentAnswered>("event.framework.intent-answered/1"),
        Of<FrameworkEvent.IntentClosed>("event.framework.intent-closed/1"),
        Of<FrameworkEvent.TasksEnded>("event.framework.tasks-ended/1"),
        Of<FrameworkEvent.Removed>("event.framework.removed/1"),

        Of<TaskEvent.Staged>("event.task.staged/1"),
        Of<TaskEvent.Forbidden>("event.task.forbidden/1"),
        Of<TaskEvent.Updated>("event.task.updated/1"),
        Of<TaskEvent.KillRequested>("event.task.kill-requested/1"),
    ];

    private static WireManifest[] Snapshots =>
    [
        Of<RegistrySnapshot>("snapshot.registry/1"),
        Of<FrameworkSnapshot>("snapshot.framework/1"),
    ];
}
