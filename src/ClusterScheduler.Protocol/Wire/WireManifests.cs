namespace ClusterScheduler.Protocol.Wire;

/// <summary>
/// The name of everything that crosses a process border: a record may be renamed or moved, its manifest never
/// changes. A record is only ever extended, by parameters or properties that may be absent. What cannot be said so is
/// a new record under the next number; the old one stays readable, and readers ship one release before writers.
/// </summary>
internal static partial class WireManifests
{
    private static WireManifest[] Messages =>
    [
        Of<MasterProtocol.RegisterAgent>("master.register-agent/1"),
        Of<MasterProtocol.ReportTasks>("master.report-tasks/1"),
        Of<MasterProtocol.Pong>("master.pong/1"),
        Of<MasterProtocol.RegisterFramework>("master.register-framework/1"),
        Of<MasterProtocol.DeactivateFramework>("master.deactivate-framework/1"),
        Of<MasterProtocol.RemoveFramework>("master.remove-framework/1"),
        Of<MasterProtocol.Accept>("master.accept/1"),
        Of<MasterProtocol.ConfirmAccepts>("master.confirm-accepts/1"),
        Of<MasterProtocol.Decline>("master.decline/1"),
        Of<MasterProtocol.SetDemand>("master.set-demand/1"),
        Of<MasterProtocol.ReleaseTask>("master.release-task/1"),
        Of<MasterProtocol.TaskProbed>("master.task-probed/1"),
        Of<MasterProtocol.IdentifyMaster>("master.identify-master/1"),
        Of<MasterProtocol.MasterIdentity>("master.master-identity/1"),
        Of<MasterProtocol.LocateAgent>("master.locate-agent/1"),
        Of<MasterProtocol.AgentLocated>("master.agent-located/1"),
        Of<MasterProtocol.ListAgents>("master.list-agents/1"),
        Of<MasterProtocol.AgentList>("master.agent-list/1"),
        Of<MasterProtocol.ListFrameworks>("master.list-frameworks/1"),
        Of<MasterProtocol.FrameworkList>("master.framework-list/1"),
        Of<MasterProtocol.UpdateWeights>("master.update-weights/1"),
        Of<MasterProtocol.WeightsUpdated>("master.weights-updated/1"),
        Of<MasterProtocol.WeightsRefused>("master.weights-refused/1"),
        Of<MasterProtocol.ListWeights>("master.list-weights/1"),
        Of<MasterProtocol.WeightList>("master.weight-list/1"),
        Of<MasterProtocol.UpdateQuota>("master.update-quota/1"),
        Of<MasterProtocol.QuotaUpdated>("master.quota-updated/1"),
        Of<MasterProtocol.QuotaRefused>("master.quota-refused/1"),
        Of<MasterProtocol.ListQuota>("master.list-quota/1"),
        Of<MasterProtocol.QuotaList>("master.quota-list/1"),
        Of<MasterProtocol.ListRoles>("master.list-roles/1"),
        Of<MasterProtocol.RoleList>("master.role-list/1"),
        Of<MasterProtocol.WhyFramework>("master.why-framework/1"),
        Of<MasterProtocol.FrameworkExplained>("master.framework-explained/1"),
        Of<MasterProtocol.WhyRole>("master.why-role/1"),
        Of<MasterProtocol.RoleExplained>("master.role-explained/1"),
        Of<MasterProtocol.WhyRefused>("master.why-refused/1"),

        Of<AgentProtocol.AgentRegistered>("agent.agent-registered/1"),
        Of<AgentProtocol.AgentRefused>("agent.agent-refused/1"),
        Of<AgentProtocol.ReportAccepted>("agent.report-accepted/1"),
        Of<AgentProtocol.Ping>("agent.ping/1"),
        Of<AgentProtocol.MasterElected>("agent.master-elected/1"),
        Of<AgentProtocol.Reregister>("agent.reregister/1"),
        Of<AgentProtocol.RunTask>("agent.run-task/1"),
        Of<AgentProtocol.KillTask>("agent.kill-task/1"),
        Of<AgentProtocol.UpdateStored>("agent.update-stored/1"),
        Of<AgentProtocol.ReportTask>("agent.report-task/1"),
        Of<AgentProtocol.ReadLog>("agent.read-log/1"),
        Of<AgentProtocol.LogRead>("agent.log-read/1"),
        Of<AgentProtocol.LogMissing>("agent.log-missing/1"),

        Of<FrameworkProtocol.Subscribe>("framework.subscribe/1"),
        Of<FrameworkProtocol.Unsubscribe>("framework.unsubscribe/1"),
        Of<FrameworkProtocol.Teardown>("framework.teardown/1"),
        Of<FrameworkProtocol.AcceptOffers>("framework.accept-offers/1"),
        Of<FrameworkProtocol.DeclineOffers>("framework.decline-offers/1"),
        Of<FrameworkProtocol.ReviveOffers>("framework.revive-offers/1"),
        Of<FrameworkProtocol.SuppressOffers>("framework.suppress-offers/1"),
        Of<FrameworkProtocol.RequestResources>("framework.request-resources/1"),
        Of<FrameworkProtocol.KillTask>("framework.kill-task/1"),
        Of<FrameworkProtocol.Acknowledge>("framework.acknowledge/1"),
        Of<FrameworkProtocol.Reconcile>("framework.reconcile/1"),
        Of<FrameworkProtocol.FrameworkRegistered>("framework.framework-registered/1"),
        Of<FrameworkProtocol.FrameworkRefused>("framework.framework-refused/1"),
        Of<FrameworkProtocol.MasterElected>("framework.master-elected/1"),
        Of<FrameworkProtocol.FrameworkRemoved>("framework.framework-removed/1"),
        Of<FrameworkProtocol.OffersMade>("framework.offers-made/1"),
        Of<FrameworkProtocol.OffersRescinded>("framework.offers-rescinded/1"),
        Of<FrameworkProtocol.OffersEnded>("framework.offers-ended/1"),
        Of<FrameworkProtocol.DemandNoted>("framework.demand-noted/1"),
        Of<FrameworkProtocol.AcceptAnswered>("framework.accept-answered/1"),
        Of<FrameworkProtocol.AgentLost>("framework.agent-lost/1"),
        Of<FrameworkProtocol.AgentLossNoted>("framework.agent-loss-noted/1"),
        Of<FrameworkProtocol.AgentReturned>("framework.agent-returned/1"),
        Of<FrameworkProtocol.TaskStaged>("framework.task-staged/1"),
        Of<FrameworkProtocol.KillNoted>("framework.kill-noted/1"),
        Of<FrameworkProtocol.TaskUpdated>("framework.task-updated/1"),
        Of<FrameworkProtocol.ListTasks>("framework.list-tasks/1"),
        Of<FrameworkProtocol.TaskList>("framework.task-list/1"),

        Of<TaskProtocol.StageTask>("task.stage-task/1"),
        Of<TaskProtocol.AcknowledgeUpdate>("task.acknowledge-update/1"),
        Of<TaskProtocol.KillTask>("task.kill-task/1"),
        Of<TaskProtocol.AgentLost>("task.agent-lost/1"),
        Of<TaskProtocol.AgentReturned>("task.agent-returned/1"),
        Of<TaskProtocol.ResumeTask>("task.resume-task/1"),
        Of<TaskProtocol.ReconcileTask>("task.reconcile-task/1"),
        Of<TaskProtocol.RunAnswered>("task.run-answered/1"),
        Of<TaskProtocol.KillAnswered>("task.kill-answered/1"),
        Of<TaskProtocol.AgentUpdate>("task.agent-update/1"),
        Of<TaskProtocol.ProbeTask>("task.probe-task/1"),
        Of<TaskProtocol.TaskReleased>("task.task-released/1"),
        Of<TaskProtocol.ShowTask>("task.show-task/1"),
        Of<TaskProtocol.TaskShown>("task.task-shown/1"),

        Of<SchedulerProtocol.Subscribed>("scheduler.subscribed/1"),
        Of<SchedulerProtocol.SubscriptionEnded>("scheduler.subscription-ended/1"),
        Of<SchedulerProtocol.Offers>("scheduler.offers/1"),
        Of<SchedulerProtocol.Rescinded>("scheduler.rescinded/1"),
        Of<SchedulerProtocol.Updated>("scheduler.updated/1"),
        Of<SchedulerProtocol.AgentFailure>("scheduler.agent-failure/1"),
        Of<SchedulerProtocol.Heartbeat>("scheduler.heartbeat/1"),

        Of<ServicesProtocol.SubmitJobs>("services.submit-jobs/1"),
        Of<ServicesProtocol.JobsAccepted>("services.jobs-accepted/1"),
        Of<ServicesProtocol.KillJob>("services.kill-job/1"),
        Of<ServicesProtocol.KillNoted>("services.kill-noted/1"),
        Of<ServicesProtocol.RequestRefused>("services.request-refused/1"),
        Of<ServicesProtocol.ListJobs>("services.list-jobs/1"),
        Of<ServicesProtocol.JobList>("services.job-list/1"),
        Of<ServicesProtocol.ShowJob>("services.show-job/1"),
        Of<ServicesProtocol.JobDetails>("services.job-details/1"),
        Of<ServicesProtocol.Why>("services.why/1"),
        Of<ServicesProtocol.WhyTask>("services.why-task/1"),
        Of<ServicesProtocol.WhyAnswer>("services.why-answer/1"),
        Of<ServicesProtocol.WatchJobs>("services.watch-jobs/1"),
        Of<ServicesProtocol.UnwatchJobs>("services.unwatch-jobs/1"),
        Of<ServicesProtocol.JobsChanged>("services.jobs-changed/1"),
        Of<ServicesProtocol.ExplainPlacements>("services.explain-placements/1"),
        Of<ServicesProtocol.PlacementsExplained>("services.placements-explained/1"),
    ];

    /// <summary>All of them, messages and stored events.</summary>
    public static IEnumerable<WireManifest> All => [.. Messages, .. Events];

    private static WireManifest Of<T>(string name)
        where T : notnull => new(name, typeof(T));
}

/// <summary>What a record is called on the wire.</summary>
/// <param name="Name">Such as <c>master.accept/1</c>: who it is said to, what it says, in which version.</param>
/// <param name="Type">The record that this program reads and writes under that name.</param>
internal sealed record WireManifest(string Name, Type Type);
