using System.Collections.Immutable;

namespace ClusterScheduler.Framework.Frameworks;

/// <summary>
/// Transactions: stored like accepts before the master hears of them, and carried out like them when it agreed.
/// </summary>
public sealed partial class FrameworkActor
{
    private void TransactionsFromMaster()
    {
        Command<FrameworkProtocol.CommitAnswered>(TakeAnswer);
        Command<FrameworkProtocol.AgentsShown>(shown =>
        {
            if (!SeesOlder(shown.Epoch) && shown.Connection == connection)
            {
                Say(new SchedulerProtocol.AgentsShown(connection, shown.Page));
            }
        });
    }

    private void Commit(FrameworkProtocol.CommitTasks commit)
    {
        ImmutableArray<TaskInfo> launches = [.. commit.Placements.SelectMany(static placement => placement.Tasks)];
        var command = new FrameworkCommand.Accept(
            epoch, [], launches, default, [.. launches.Select(_ => ids.Next())])
        {
            Transaction = Transaction.Of(commit.TransactionId, commit.Role, commit.Placements),
        };
        var acceptId = (State as FrameworkLife.Active)?.NextAcceptId ?? 0;
        Run(FrameworkDecider.Decide(State, command, Now), answer =>
        {
            if (State is not FrameworkLife.Active active)
            {
                return;
            }

            if (active.Intents.TryGetValue(acceptId, out var intent))
            {
                SendAccept(active, intent);
            }
            else if (answer is FrameworkReply.TransactionRefused refused)
            {
                AnswerTransaction(commit.TransactionId, refused.Refusal);
                ForwardUndelivered(active, launches.Select(static task => task.TaskId));
            }
        });
    }

    private void SendCommit(FrameworkLife.Active active, AcceptIntent intent, Transaction transaction) =>
        refs.Master.Tell(new MasterProtocol.Commit(
            id, intent.AcceptId, transaction.Role, transaction.Placements(intent.Launches), active.ConfirmedUpTo));

    private void TakeAnswer(FrameworkProtocol.CommitAnswered answered)
    {
        if (SeesOlder(answered.Epoch) || State is not FrameworkLife.Active active
            || !active.Intents.TryGetValue(answered.AcceptId, out var intent)
            || intent is not { Grant: null, Transaction: { } transaction })
        {
            ConfirmAgain(answered.AcceptId);
            return;
        }

        ImmutableArray<LaunchGrant> grants =
        [
            .. answered.Sites.Select(static site => new LaunchGrant(
                site.AgentId, site.Session, site.Role, site.TaskIds)),
        ];
        foreach (var site in answered.Sites)
        {
            if (site.Agent is { } agent)
            {
                sites[(answered.AcceptId, site.AgentId)] = agent;
            }
        }

        var command = new FrameworkCommand.TakeAnswer(
            answered.AcceptId, grants.FirstOrDefault(), Dropped(intent, answered.Refusal))
        {
            Further = [.. grants.Skip(1)],
        };
        Run(FrameworkDecider.Decide(State, command, Now), _ =>
        {
            GoOn(answered.AcceptId, intent.Launches.Select(static task => task.TaskId));
            AnswerTransaction(transaction.Id, answered.Refusal);
        });
    }

    /// <summary>
    /// An answer that was stored before came again: the master has not heard that it need not keep it.
    /// </summary>
    private void ConfirmAgain(long acceptId)
    {
        if (State is FrameworkLife.Active active && acceptId <= active.ConfirmedUpTo)
        {
            refs.Master.Tell(new MasterProtocol.ConfirmAccepts(id, active.ConfirmedUpTo));
        }
    }

    private ImmutableArray<StatusUpdate> Dropped(AcceptIntent intent, TransactionRefusal? refusal)
    {
        if (refusal is null)
        {
            return [];
        }

        var now = Now;
        var reason = refusal.Fault == TransactionFault.TaskInvalid
            ? StatusReason.TaskInvalid
            : StatusReason.InvalidOffers;
        return
        [
            .. intent.Launches.Select(task => new StatusUpdate(task.TaskId, TaskState.Dropped, StatusSource.Master,
                reason, $"its transaction was refused: {refusal.Message}", now)
            {
                Uuid = ids.Next(),
            }),
        ];
    }

    private void AnswerTransaction(Guid transaction, TransactionRefusal? refusal) =>
        Say(new SchedulerProtocol.TransactionAnswered(connection, transaction, refusal));
}
