using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using ClusterScheduler.Agent.Execution;
using ClusterScheduler.Agent.Oversubscription;
using ClusterScheduler.Protocol;
using ClusterScheduler.Runtime.Inputs;

namespace ClusterScheduler.Agent.Agents;

/// <summary>
/// Oversubscription, where it is on: looks at what tasks use, tells the master what can be lent out, and evicts tasks
/// that were lent to when the agent is under pressure.
/// </summary>
public sealed partial class AgentActor
{
    private const string SampleTimer = "sample";

    private const string RevocableTimer = "revocable";

    private readonly Oversubscriber? _oversubscriber;
    private DateTimeOffset _estimatedAt = DateTimeOffset.MinValue;
    private long _revocableVersion;
    private int _revocableAttempt;

    private void Oversubscription()
    {
        Receive<AgentProtocol.RevocableNoted>(noted =>
        {
            if (noted.Session == _holdings.Session && noted.Version == _revocableVersion)
            {
                Timers.Cancel(RevocableTimer);
            }
        });
        Receive<TellRevocable>(_ => SendRevocable());
        if (_oversubscriber is { } oversubscriber)
        {
            Receive<SampleNow>(_ => _execution!.MeasureAsync([.. oversubscriber.Tasks]).PipeTo(
                Self, Self, usages => new Measured(usages), reason => new NotMeasured(reason)));
            Receive<Measured>(measured => Take(oversubscriber, measured.Usages));
            Receive<NotMeasured>(failed =>
            {
                _log.Warning("agent {0} cannot measure its tasks: {1}", _options.Name, failed.Reason.Message);
                SampleLater();
            });
            SampleLater();
        }
    }

    private void Watch(ExecutionReport report)
    {
        if (report is ExecutionReport.Ended)
        {
            _oversubscriber?.End(report.Key);
        }
        else if (_runners.TryGetValue(report.Key, out var runner))
        {
            var manifest = runner.State.Manifest;
            _oversubscriber?.Begin(report.Key, manifest.Resources, manifest.Priority, report.At);
        }
    }

    private void Take(Oversubscriber oversubscriber, ImmutableArray<TaskUsage> usages)
    {
        var now = Context.System.UtcNow();
        foreach (var key in oversubscriber.Take(now, usages))
        {
            _log.Warning("agent {0} is under pressure: revocable task {1} is evicted", _options.Name, key);
            Preempt(key, "");
        }

        if (now - _estimatedAt >= _options.Oversubscription!.ReportInterval)
        {
            _estimatedAt = now;
            var estimate = oversubscriber.Estimate();
            if (estimate != _holdings.Revocable)
            {
                _holdings.Lend(estimate);
                _revocableVersion++;
                TellRevocableAnew();
            }
        }

        SampleLater();
    }

    private void SampleLater() => Timers.StartSingleTimer(
        SampleTimer, SampleNow.Instance, _options.Oversubscription!.SampleInterval);

    /// <summary>Whoever is master now has not heard it; one that never changed need not be said.</summary>
    private void TellRevocableAnew()
    {
        if (_isReported && _revocableVersion > 0)
        {
            _revocableAttempt = 0;
            SendRevocable();
        }
    }

    private void SendRevocable()
    {
        if (_isReported)
        {
            _refs.Master.Tell(new MasterProtocol.UpdateRevocable(
                _id!.Value, _holdings.Session, _revocableVersion, _holdings.Revocable));
            Timers.StartSingleTimer(
                RevocableTimer, TellRevocable.Instance, _options.Register.After(_revocableAttempt++));
        }
    }

    private sealed record Measured(ImmutableArray<TaskUsage> Usages) : INoSerializationVerificationNeeded;

    private sealed record NotMeasured(Exception Reason) : INoSerializationVerificationNeeded;

    private sealed record SampleNow : INoSerializationVerificationNeeded
    {
        public static SampleNow Instance { get; } = new();
    }

    private sealed record TellRevocable : INoSerializationVerificationNeeded
    {
        public static TellRevocable Instance { get; } = new();
    }
}
