using ClusterScheduler.Core.Resources;
using ClusterScheduler.Master.Allocation;

namespace ClusterScheduler.Master;

/// <summary>
/// Transactions beside offers: checked against the book, decided by the allocator in one step over all agents, then
/// carried on like accepts. While the allocator is asked, an agent may begin another session or leave; then nothing
/// of the transaction stays.
/// </summary>
public sealed partial class MasterActor
{
    /// <summary>Those that the allocator has not answered.</summary>
    private readonly Dictionary<(FrameworkId Framework, long AcceptId), TransactionRequest> committing = [];

    private void TransactionCommands()
    {
        Command<MasterProtocol.Commit>(Commit);
        Command<AllocatorProtocol.Committed>(Conclude);
        Command<MasterProtocol.ViewAgents>(view =>
        {
            if (IsConnectedAs(view.FrameworkId, view.Connection))
            {
                allocator.Tell(new AllocatorProtocol.ViewAgents(view));
            }
        });
        Command<AllocatorProtocol.AgentsViewed>(viewed => refs.Frameworks.Tell(new FrameworkProtocol.AgentsShown(
            viewed.Asked.FrameworkId, Epoch, viewed.Asked.Connection, viewed.Page)));
    }

    private bool IsConnectedAs(FrameworkId framework, Guid connection) =>
        connected.TryGetValue(framework, out var contact) && contact.Connection == connection;

    private ResourceSet ClaimedOf(AgentId agent) => committing.Values.Aggregate(
        ResourceSet.Empty, (sum, request) => sum + request.ClaimedOf(agent));

    private void Commit(MasterProtocol.Commit commit)
    {
        var ledger = book.Find(commit.FrameworkId);
        ledger?.Confirm(commit.ConfirmedUpTo);
        if (committing.ContainsKey((commit.FrameworkId, commit.AcceptId)) || commit.AcceptId <= ledger?.ConfirmedUpTo)
        {
            return;
        }

        if (ledger?.AnswerTo(commit.AcceptId) is { } before)
        {
            AnswerCommit(commit.FrameworkId, before);
            return;
        }

        var request = new TransactionRequest(
            commit.FrameworkId, commit.AcceptId, commit.Role, commit.Placements);
        if (TransactionCheck.Check(book, request) is { } refusal)
        {
            AnswerCommit(commit.FrameworkId, TransactionCheck.Refuse(book, request, refusal));
            return;
        }

        // What is refused already claims nothing while the allocator looks whether its agents have changed.
        var taken = TransactionCheck.CheckFree(book, request, ClaimedOf);
        committing.Add(
            (commit.FrameworkId, commit.AcceptId), taken is null ? request : request with { Placements = [] });
        allocator.Tell(new AllocatorProtocol.Commit(request, taken));
    }

    private void Conclude(AllocatorProtocol.Committed committed)
    {
        var request = committed.Request;
        committing.Remove((request.FrameworkId, request.AcceptId));
        var refusal = committed.Refusal;
        if (refusal is null && BrokenMeanwhile(request) is { } broken)
        {
            Undo(request);
            refusal = broken;
        }

        if (refusal is not null)
        {
            AnswerCommit(request.FrameworkId, TransactionCheck.Refuse(book, request, refusal));
            return;
        }

        var outcome = TransactionCheck.Grant(book, request, Now);
        AwaitConfirmation(request.FrameworkId, outcome.Answer.Grant!);
        foreach (var grant in outcome.Answer.Further)
        {
            AwaitConfirmation(request.FrameworkId, grant);
        }

        AnswerCommit(request.FrameworkId, outcome.Answer);
    }

    private TransactionRefusal? BrokenMeanwhile(TransactionRequest request) => IsOver(request.FrameworkId)
        ? new TransactionRefusal(TransactionFault.NotSubscribed, "the framework has been removed")
        : TransactionCheck.CheckSessions(book, request);

    private bool IsOver(FrameworkId id) =>
        State.Frameworks.TryGetValue(id, out var framework) && framework.Removed is not null;

    /// <summary>
    /// The allocator took it for used. An agent of another session it has forgotten since, and also a framework that
    /// was over and had no tasks left.
    /// </summary>
    private void Undo(TransactionRequest request)
    {
        if (IsOver(request.FrameworkId) && book.Find(request.FrameworkId) is not { Tasks.Count: > 0 })
        {
            return;
        }

        foreach (var placement in request.Placements)
        {
            if (book.Find(placement.AgentId)?.Session == placement.Version.Session)
            {
                allocator.Tell(new AllocatorProtocol.Release(new Returned(
                    request.FrameworkId, request.Role, placement.AgentId, placement.Claimed(), null)));
            }
        }
    }

    private void AnswerCommit(FrameworkId framework, AcceptAnswer answer)
    {
        var grants = answer.Grant is null ? [] : answer.Further.Insert(0, answer.Grant);
        refs.Frameworks.Tell(new FrameworkProtocol.CommitAnswered(framework, answer.AcceptId, Epoch,
            [
                .. grants.Select(grant => new FrameworkProtocol.CommitSite(
                    grant.AgentId, grant.Session, grant.Role, grant.TaskIds,
                    contacts.GetValueOrDefault(grant.AgentId)?.Agent)),
            ],
            answer.Refusal));
    }
}
