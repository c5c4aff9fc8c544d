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
    private long heard;
    private long said;
    private ImmutableSortedSet<string> suppressed = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    private void FromScheduler()
    {
        Command<FrameworkProtocol.Subscribe>(Subscribe);
        Call<FrameworkProtocol.Unsubscribe>(_ => Disconnect(null));
        Call<FrameworkProtocol.Teardown>(_ => Remove("its scheduler tore it down"));
        Command<Terminated>(ended =>
        {
            if (ended.ActorRef.Equals(scheduler))
            {
                Disconnect(null);
            }
        });
        Call<FrameworkProtocol.AcceptOffers>(Accept);
        Call<FrameworkProtocol.CommitTasks>(Commit);
        Call<FrameworkProtocol.ViewAgents>(view =>
            refs.Master.Tell(new MasterProtocol.ViewAgents(id, connection, view.Query)));
        Call<FrameworkProtocol.DeclineOffers>(Decline);
        Call<FrameworkProtocol.AnswerInverseOffers>(AnswerInverse);
        Call<FrameworkProtocol.ReviveOffers>(Revive);
        Call<FrameworkProtocol.SuppressOffers>(Suppress);
        Call<FrameworkProtocol.RequestResources>(Request);
        Call<FrameworkProtocol.KillTask>(Kill);
        Call<FrameworkProtocol.Acknowledge>(Acknowledge);
        Call<FrameworkProtocol.Reconcile>(Reconcile);
    }

    /// <summary>A call of the scheduler that is connected; of an earlier one it does nothing.</summary>
    private void Call<T>(Action<T> handle)
        where T : ISchedulerCall => Command<T>(call => call.Connection == connection, call =>
        {
            heard++;
            handle(call);
        });

    /// <summary>
    /// What is said to the scheduler is counted, so that it finds out what it did not hear. It takes nothing before it
    /// is subscribed.
    /// </summary>
    private void Say(IWireMessage message)
    {
        if (scheduler is not null && (said > 0 || message is SchedulerProtocol.Subscribed))
        {
            said++;
            scheduler.Tell(message);
        }
    }

    private void SayAlive() =>
        scheduler?.Tell(new SchedulerProtocol.Heartbeat(connection) { Heard = heard, Said = said });

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
            // It has not heard yet that it is subscribed.
            (heard, said) = (0, 0);
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
        (heard, said) = (0, 0);
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
            if (!SeesOlder(message.Epoch) && !IsOfEndedConnection(message.Connection))
            {
                BeRegistered();
            }
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
    /// The master has this connection: it says so, or it makes offers to it, which the scheduler takes only when it is
    /// subscribed.
    /// </summary>
    private void BeRegistered()
    {
        if (!registered)
        {
            registered = true;
            AnnounceSubscription();
            RepeatOffers();
        }
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

        Say(new SchedulerProtocol.Subscribed(id, connection, epoch, options.Heartbeat));
        ForwardAll();
    }
}
