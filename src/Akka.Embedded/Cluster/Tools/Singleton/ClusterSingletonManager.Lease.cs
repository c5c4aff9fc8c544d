using Akka.Actor;
using Akka.Coordination;
using Akka.Event;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>The singleton under a lease: never started without it, stopped at once when it is lost.</summary>
public sealed partial class ClusterSingletonManager
{
    private Task _asking = Task.CompletedTask;
    private long _attempt;

    private static Lease LeaseFor(LeaseUsageSettings usage)
    {
        var name = $"{Context.System.Name}-singleton-{Context.Self.Path}";
        var owner = Cluster.Get(Context.System).SelfAddress.HostPort();
        return LeaseProvider.Get(Context.System).GetLease(name, usage.LeaseImplementation, owner);
    }

    private void AcquiringLease()
    {
        Receive<LeaseAnswer>(answer =>
        {
            if (answer.IsHeld && _lease!.CheckLease())
            {
                Start();
                return;
            }

            if (answer.Failure is { } failure)
                _log.Warning("The lease of singleton {0} is not to be had: {1}", Self.Path, failure.Message);
            else
                _log.Debug("The lease of singleton {0} belongs to another one.", Self.Path);
            After(_settings.LeaseSettings!.LeaseRetryInterval, AskForLease.Instance);
        });
        Receive<AskForLease>(_ => Ask());
        Receive<LeaseLost>(_ => { }); // whoever gets it looks whether it is still there
        Receive<NodeLeaves>(_ => End());
        Always();
    }

    /// <summary>The lease is lost; it is asked for anew when the singleton has stopped.</summary>
    private void StoppingWithoutLease()
    {
        Receive<Terminated>(_ =>
        {
            _singleton = null;
            Acquire();
        });
        Receive<NodeLeaves>(_ => Become(Stopping));
        Receive<LeaseLost>(_ => { });
        Always();
    }

    private void ReceiveLeaseLost() => Receive<LeaseLost>(lost =>
    {
        if (lost.Attempt != _attempt)
            return;
        var reason = lost.Reason?.Message ?? "no reason was given";
        if (_singleton is null)
        {
            _log.Warning("The lease of singleton {0} is lost: {1}", Self.Path, reason);
            Acquire();
            return;
        }

        StopSingleton($"its lease is lost ({reason})");
        Become(StoppingWithoutLease);
    });

    private void Acquire()
    {
        Become(AcquiringLease);
        Ask();
    }

    private void Ask()
    {
        var asking = AskAsync(_lease!, ++_attempt, Self);
        _asking = asking;
        asking.PipeTo(Self);
    }

    private static async Task<LeaseAnswer> AskAsync(Lease lease, long attempt, IActorRef self)
    {
        try
        {
            return new LeaseAnswer(
                await lease.Acquire(reason => self.Tell(new LeaseLost(attempt, reason), ActorRefs.NoSender)), null);
        }
        catch (Exception failure)
        {
            return new LeaseAnswer(false, failure);
        }
    }

    /// <summary>The singleton does not run any more: others may have the lease, and the node may go.</summary>
    private void Finish()
    {
        if (_lease is null || _attempt == 0)
            _stopped.TrySetResult(Done.Instance);
        else
            _ = GiveBackAsync(_lease);
    }

    private async Task GiveBackAsync(Lease lease)
    {
        try
        {
            await _asking;
            await lease.Release();
        }
        catch (Exception failure)
        {
            _log.Warning("The lease of a singleton could not be given back: {0}", failure.Message);
        }
        finally
        {
            _stopped.TrySetResult(Done.Instance);
        }
    }

    private sealed record LeaseAnswer(bool IsHeld, Exception? Failure);

    private sealed record LeaseLost(long Attempt, Exception? Reason);

    private sealed class AskForLease
    {
        internal static readonly AskForLease Instance = new();
    }
}
