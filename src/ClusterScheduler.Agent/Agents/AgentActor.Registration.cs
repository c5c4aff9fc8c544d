using Akka.Actor;
using Akka.Event;
using ClusterScheduler.Protocol;
using ClusterScheduler.Runtime.Inputs;

namespace ClusterScheduler.Agent.Agents;

/// <summary>
/// Registration: asked for until it is answered, the session adopted and what is held reported in one step, and begun
/// anew when the master has not been heard for too long.
/// </summary>
public sealed partial class AgentActor
{
    private const string RegisterTimer = "register";

    private const string SilenceTimer = "silence";

    private readonly Guid _incarnation = FreshIds.Of(Context.System).Next();
    private MasterEpoch _seen;
    private TimeSpan _silenceMax;
    private bool _isReported;
    private bool _wasCutOff;
    private int _registerAttempt;
    private int _timesWithoutRoom;

    private void Registration()
    {
        Receive<RegisterNow>(_ => Register());
        Receive<AgentProtocol.AgentRegistered>(Registered);
        Receive<Kept>(kept => Adopt(kept.Answer));
        Receive<AgentProtocol.AgentRefused>(Refused);
        Receive<AgentProtocol.ReportAccepted>(Accepted);
        Receive<AgentProtocol.Ping>(ping =>
        {
            if (ping.Session == _holdings.Session)
            {
                _timesWithoutRoom = 0;
                HeardMaster();
                Sender.Tell(new MasterProtocol.Pong(ping.AgentId, ping.Session, _holdings.Count));
            }
            else if (ping.Session > _holdings.Session && _isReported)
            {
                // The answer to a repeated registration was lost: the master has a session that this agent has not.
                FollowMaster(ping.Session.Epoch);
            }
        });
        Receive<AgentProtocol.DestroyVolumes>(destroy =>
        {
            if (destroy.Session == _holdings.Session)
            {
                _execution!.DestroyVolumes(destroy.Names);
            }
        });
        Receive<AgentProtocol.Reregister>(again => FollowMaster(again.Epoch));
        Receive<AgentProtocol.MasterElected>(elected =>
        {
            // The first wish to be admitted is still on its way: it reaches this master.
            if (elected.Epoch > _seen && (_isReported || _registerAttempt > 1))
            {
                FollowMaster(elected.Epoch, Spread(elected.Within));
            }
        });
        Receive<LinkRestored>(_ =>
        {
            _wasCutOff = true;
            RegisterAnew(TimeSpan.Zero);
        });
        Receive<MasterIsSilent>(_ =>
        {
            _log.Warning("agent {0} has not heard of a master for {1}; it registers anew", _options.Name, _silenceMax);
            RegisterAnew(Spread());
        });
    }

    /// <summary>Of a master that is being left for its successor it comes too late: the registration goes on.</summary>
    private void Accepted(AgentProtocol.ReportAccepted accepted)
    {
        if (accepted.Session != _holdings.Session || accepted.Session.Epoch != _seen || _isReported)
        {
            return;
        }

        _isReported = true;
        Timers.Cancel(RegisterTimer);
        HeardMaster();
        _log.Info("agent {0} is registered as {1}, session {2}", _options.Name, _id, accepted.Session);
        SayWhatWasLost();
        TellRevocableAnew();
        Context.System.EventStream.Publish(
            new AgentNews.Registered(_options.Name, accepted.AgentId, accepted.Session));
    }

    private void SayWhatWasLost()
    {
        if (_wasCutOff)
        {
            _wasCutOff = false;
            foreach (var runner in _runners.Values)
            {
                runner.Actor.Tell(TaskRunnerActor.SendAtOnce.Instance);
            }
        }
    }

    private void FollowMaster(MasterEpoch epoch, TimeSpan wait = default)
    {
        if (epoch >= _seen)
        {
            _seen = epoch;
            RegisterAnew(wait);
        }
    }

    private void RegisterAnew(TimeSpan wait)
    {
        _registerAttempt = 0;
        _isReported = false;
        Timers.Cancel(SilenceTimer);
        Timers.StartSingleTimer(RegisterTimer, RegisterNow.Instance, wait);
    }

    /// <summary>
    /// A part of the time that differs from agent to agent: those of a large cluster do not all register with a new
    /// master in the same instant (Mesos: registration_backoff_factor).
    /// </summary>
    /// <param name="within">The time; none, and at most: the first pause.</param>
    private TimeSpan Spread(TimeSpan? within = null)
    {
        var most = _options.Register.After(0);
        return (within < most ? within.Value : most) * (_incarnation.ToByteArray()[15] / 256.0);
    }

    /// <summary>Says once more whatever the master has not answered: the report, or the wish to be admitted.</summary>
    private void Register()
    {
        _refs.Master.Tell(new MasterProtocol.RegisterAgent(_id, _options.Info, _incarnation) { Seen = _seen });
        var pause = _options.Register.After(_registerAttempt++);
        Timers.StartSingleTimer(RegisterTimer, RegisterNow.Instance, pause + Spread());
    }

    private void Registered(AgentProtocol.AgentRegistered answer)
    {
        if (answer.Incarnation != _incarnation || answer.Session.Epoch < _seen || answer.Session <= _holdings.Session)
        {
            return;
        }

        if (_id == answer.AgentId)
        {
            Adopt(answer);
            return;
        }

        // The id is kept before it is used: whoever comes back later must be the same agent.
        _identity.SaveAsync(answer.AgentId).PipeTo(
            Self, success: () => new Kept(answer), failure: reason => new Status.Failure(reason));
    }

    private void Adopt(AgentProtocol.AgentRegistered answer)
    {
        if (!_holdings.TryAdopt(answer.Session))
        {
            return;
        }

        _id = answer.AgentId;
        _seen = answer.Session.Epoch;
        _silenceMax = answer.PingTimeout;
        _isReported = false;
        Timers.StartSingleTimer(RegisterTimer, RegisterNow.Instance, _options.Register.After(_registerAttempt++));
        HeardMaster();
        _execution!.KeepVolumes(answer.Volumes);
        _refs.Master.Tell(new MasterProtocol.ReportTasks(
            answer.AgentId,
            answer.Session,
            [
                .. _runners.Values.Select(static runner => new MasterProtocol.ReportedTask(
                    runner.State.Key.Framework, runner.State.Key.Task, runner.State.Manifest.Role,
                    runner.State.Manifest.Resources, runner.State.Reported)
                {
                    Priority = runner.State.Manifest.Priority,
                }),
            ]));
    }

    private void Refused(AgentProtocol.AgentRefused refusal)
    {
        if (refusal.Incarnation != _incarnation)
        {
            return;
        }

        if (refusal.Reason == AgentProtocol.AgentRefusal.DownForMaintenance)
        {
            WaitForMaintenance(refusal.Message);
            return;
        }

        if (refusal.Reason == AgentProtocol.AgentRefusal.NoRoom)
        {
            WaitForRoom(refusal.Message);
            return;
        }

        Context.System.EventStream.Publish(
            new AgentNews.Refused(_options.Name, refusal.Reason, refusal.Message));
        if (refusal.Reason == AgentProtocol.AgentRefusal.IdInUse)
        {
            _log.Warning("agent {0} is refused for now: {1}", _options.Name, refusal.Message);
            return;
        }

        _log.Error("agent {0} is refused for good: {1}", _options.Name, refusal.Message);
        Timers.Cancel(RegisterTimer);
        Timers.Cancel(SilenceTimer);
        if (refusal.Reason == AgentProtocol.AgentRefusal.MarkedGone)
        {
            _execution!.KillAllAsync().PipeTo(Self, Self, () => TasksStopped.Instance);
        }
    }

    /// <summary>Its tasks end, and their ends are told; it asks to be admitted until the maintenance is over.</summary>
    private void WaitForMaintenance(string message)
    {
        foreach (var runner in _runners.Values.Where(static runner => !runner.State.Queue.Latest.IsTerminal()))
        {
            _execution!.Kill(runner.State.Key, null);
        }

        Timers.Cancel(SilenceTimer);
        if (_isReported)
        {
            _log.Warning("agent {0} ends its tasks and waits: {1}", _options.Name, message);
            RegisterAnew(_options.Register.After(0));
        }
    }

    /// <summary>
    /// It was admitted before it was refused, so each time counts from that: the pauses grow until a master that knows
    /// it has pinged it.
    /// </summary>
    private void WaitForRoom(string message)
    {
        var pause = _options.Register.After(_timesWithoutRoom++) + Spread();
        _log.Warning("agent {0} is refused for now and asks again in {1}: {2}", _options.Name, pause, message);
        RegisterAnew(pause);
    }

    private void HeardMaster() =>
        Timers.StartSingleTimer(SilenceTimer, MasterIsSilent.Instance, _silenceMax);

    private sealed record Kept(AgentProtocol.AgentRegistered Answer) : INoSerializationVerificationNeeded;

    private sealed record RegisterNow : INoSerializationVerificationNeeded
    {
        public static RegisterNow Instance { get; } = new();
    }

    private sealed record MasterIsSilent : INoSerializationVerificationNeeded
    {
        public static MasterIsSilent Instance { get; } = new();
    }
}
