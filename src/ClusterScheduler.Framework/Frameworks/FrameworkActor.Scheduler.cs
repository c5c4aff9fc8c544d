using System.Collections.Immutable;

namespace ClusterScheduler.Framework.Frameworks;

/// <summary>The scheduler's connection, and the registration with the master that follows from it.</summary>
public sealed partial class FrameworkActor
{
    private IActorRef? scheduler;
    private Guid connection;
    private Guid? leaving;
    private bool registered;
    private bool removedConfirmed = true;
    private ImmutableSortedSet<string> suppressed = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    private void FromScheduler()
    {
        Command<FrameworkProtocol.Subscribe>(Subscribe);
        Command<FrameworkProtocol.Unsubscribe>(message => message.Connection == connection, _ => Disconnect(null));
        Command<FrameworkProtocol.Teardown>(
            message => message.Connection == connection, _ => Remove("its scheduler tore it down"));
        Command<Terminated>(ended =>
        {
            if (ended.ActorRef.Equals(scheduler))
            {
                Disconnect(null);
            }
        });
        Command<FrameworkProtocol.AcceptOffers>(message => message.Connection == connection, Accept);
        Command<FrameworkProtocol.CommitTasks>(message => message.Connection == connection, Commit);
        Command<FrameworkProtocol.ViewAgents>(message => message.Connection == connection, view =>
            refs.Master.Tell(new MasterProtocol.ViewAgents(id, connection, view.Query)));
        Command<FrameworkProtocol.DeclineOffers>(message => message.Connection == connection, Decline);
        Command<FrameworkProtocol.AnswerInverseOffers>(
            message => message.Connection == connection, AnswerInverse);
        Command<FrameworkProtocol.ReviveOffers>(message => message.Connection == connection, Revive);
        Command<FrameworkProtocol.SuppressOffers>(message => message.Connection == connection, Suppress);
        Command<FrameworkProtocol.RequestResources>(message => message.Connection == connection, Request);
        Command<FrameworkProtocol.KillTask>(message => message.Connection == connection, Kill);
        Command<FrameworkProtocol.Acknowledge>(message => message.Connection == connection, Acknowledge);
        Command<FrameworkProtocol.Reconcile>(message => message.Connection == connection, Reconcile);
    }

    private void Subscribe(FrameworkProtocol.Subscribe subscribe)
    {
        if (FrameworkRules.CheckId(id) is { } wrong)
        {
            Refuse(Sender, subscribe.Connection, wrong);
            return;
        }

        // An entity that has started anew knows of no master: one that was succeeded meanwhile must not be followed.
        Follow(subscribe.Seen);
        if (subscribe.Connection == connection && scheduler is not null)
        {
            AnnounceSubscription();
            return;
        }

        var newcomer = Sender;
        Run(FrameworkDecider.Decide(State, new FrameworkCommand.Subscribe(subscribe.Info), Now), answer =>
        {
            switch (answer)
            {
                case FrameworkReply.AlreadyRemoved removed:
                    Refuse(newcomer, subscribe.Connection, $"framework '{id}' has been removed: {removed.Why}; "
                        + "subscribe under a new id");
                    break;
                case FrameworkReply.InvalidInfo invalid:
                    Refuse(newcomer, subscribe.Connection, invalid.Message);
                    break;
                default:
                    Connect(newcomer, subscribe);
                    break;
            }
        });
    }

    private void Refuse(IActorRef newcomer, Guid refused, string message) =>
        newcomer.Tell(new SchedulerProtocol.SubscriptionEnded(id, refused, message));

    private void Connect(IActorRef newcomer, FrameworkProtocol.Subscribe subscribe)
    {
        if (scheduler is not null)
        {
            Context.Unwatch(scheduler);
            Refuse(scheduler, connection, "framework failed over: another scheduler subscribed under its id");
        }

        scheduler = newcomer;
        connection = subscribe.Connection;
        suppressed = suppressed.Clear().Union(subscribe.SuppressedRoles);
        requests = [];
        registered = false;
        leaving = null;
        declines.Clear();
        offersTaken.Clear();
        ForgetInverse();
        Context.Watch(scheduler);
        Timers.Cancel(FailoverTimer);
        Timers.StartPeriodicTimer(HeartbeatTimer, Beat.Instance, options.Heartbeat);
        RepeatRegistration();
    }

    /// <summary>The scheduler is gone; with a message it is told so, and that it is for good.</summary>
    private void Disconnect(string? message)
    {
        if (scheduler is null)
        {
            return;
        }

        Context.Unwatch(scheduler);
        if (message is not null)
        {
            Refuse(scheduler, connection, message);
        }

        Deactivate(connection);
        scheduler = null;
        registered = false;
        connection = Guid.Empty;
        declines.Clear();
        Timers.Cancel(HeartbeatTimer);
        if (State is FrameworkLife.Active active)
        {
            StartFailoverTimer(active);
        }
    }

    /// <summary>Said until the master answers that it knows.</summary>
    private void Deactivate(Guid ended)
    {
        leaving = ended;
        refs.Master.Tell(new MasterProtocol.DeactivateFramework(id, ended));
    }

    private void StartFailoverTimer(FrameworkLife.Active active) =>
        Timers.StartSingleTimer(FailoverTimer, FailoverOver.Instance, active.Info.FailoverTimeout);

    private void RepeatRegistration()
    {
        if (State is FrameworkLife.Removed removed && !removedConfirmed)
        {
            refs.Master.Tell(new MasterProtocol.RemoveFramework(id, removed.Why));
        }
        else if (State is FrameworkLife.Active active && scheduler is not null && !registered)
        {
            refs.Master.Tell(new MasterProtocol.RegisterFramework(id, active.Info, connection, [.. suppressed])
            {
                Seen = epoch,
            });
        }

        if (leaving is { } ended)
        {
            Deactivate(ended);
        }
    }

    private void FromMaster()
    {
        Command<FrameworkProtocol.FrameworkRegistered>(message =>
        {
            if (SeesOlder(message.Epoch) || IsOfEndedConnection(message.Connection) || registered)
            {
                return;
            }

            registered = true;
            AnnounceSubscription();
            RepeatOffers();
        });
        Command<FrameworkProtocol.FrameworkRefused>(message =>
        {
            if (message.Connection == connection)
            {
                Disconnect(message.Message);
            }
        });
        Command<FrameworkProtocol.MasterElected>(message =>
        {
            var isOlder = SeesOlder(message.Epoch);
            refs.Master.Tell(new MasterProtocol.ElectionNoted(id, epoch));
            if (isOlder)
            {
                return;
            }

            RepeatRegistration();
            RepeatOffers();
        });
        Command<FrameworkProtocol.FrameworkDeactivated>(message =>
        {
            if (SeesOlder(message.Epoch))
            {
                return;
            }

            leaving = message.Connection == leaving ? null : leaving;
            if (message.Connection == connection && scheduler is not null)
            {
                // The end of an earlier subscription under this id came late.
                registered = false;
                RepeatRegistration();
            }
        });
        Command<FrameworkProtocol.FrameworkRemoved>(_ => removedConfirmed = true);
        OffersFromMaster();
        InverseFromMaster();
        TransactionsFromMaster();
        AgentsFromMaster();
    }

    /// <summary>
    /// The master believes in a connection that is over: a message of it came late, or its end was lost. It is told
    /// again what is so.
    /// </summary>
    private bool IsOfEndedConnection(Guid said)
    {
        if (said == connection && scheduler is not null)
        {
            return false;
        }

        if (scheduler is null)
        {
            Deactivate(said);
        }
        else
        {
            registered = false;
            RepeatRegistration();
        }

        return true;
    }

    private void AnnounceSubscription()
    {
        if (!registered || scheduler is null)
        {
            return;
        }

        scheduler.Tell(new SchedulerProtocol.Subscribed(id, connection, epoch, options.Heartbeat));
        ForwardAll();
    }
}
