using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Joining;
using Akka.Cluster.Leading;
using Akka.Cluster.Stores;
using Akka.Cluster.Wire;
using Akka.Event;

namespace Akka.Cluster.Daemon;

/// <content>From no member to member.</content>
internal sealed partial class ClusterDaemon
{
    private bool _isOpening;
    private bool _isLookingUp;
    private bool _saidStoreFails;

    /// <summary>What this node says of the store that it could lead with.</summary>
    private StoreId OwnStore => _candidacy?.Id ?? (
        _node.HasDatabase || !_node.MayLead ? StoreId.None : MemoryMembershipStore.OfThisProcess);

    private void Join(JoinNodes join)
    {
        var seeds = join.Seeds.Where(IsOfThisCluster).ToImmutableArray();
        if (_cluster.IsTerminated || IsMember)
            return;
        if (seeds.IsEmpty)
        {
            GiveUpForWrongSeeds(join);
            return;
        }

        _join = new JoinAttempt(_node, seeds, isToldToFound: seeds is [var only] && only == Me.Address);
        Pursue(_join);
    }

    private bool IsOfThisCluster(Address seed)
    {
        if (seed.Protocol == Me.Address.Protocol && seed.System == Me.Address.System)
            return true;
        if (seed.System != Me.Address.System)
            _log.Error("{0} is a node of another cluster: this one is '{1}'.", seed, Me.Address.System);
        else
            _log.Error("{0} cannot be a seed node: {1}", seed, OtherTransport);
        return false;
    }

    private string OtherTransport =>
        $"this node is reached by {Me.Address.Protocol}, as all nodes of its cluster are: nodes with TLS "
        + "(akka.remote.dot-netty.tcp.enable-ssl) by akka.ssl.tcp, those without by akka.tcp.";

    private void GiveUpForWrongSeeds(JoinNodes join)
    {
        var all = string.Join(", ", join.Seeds);
        if (join.Seeds.Any(seed => seed.System == Me.Address.System))
            GiveUpJoining(JoinRefusal.OtherTransport, $"none of its seed nodes can be one ({all}): {OtherTransport}");
        else
            GiveUpJoining(
                JoinRefusal.OtherCluster,
                $"this is a node of '{Me.Address.System}'; all its seed nodes are of others: {all}");
    }

    private void Pursue(JoinAttempt join)
    {
        if (join.Welcome is not null)
        {
            SendHeartbeat();
            return;
        }

        if (_cluster.Settings.ShutdownAfterUnsuccessfulJoinSeedNodes is { } limit && join.Age >= limit)
        {
            GiveUpJoining(
                join.Refused?.Reason ?? JoinRefusal.None,
                join.Refused?.Said ?? $"no seed node let it in within {limit}: {string.Join(", ", join.Seeds)}");
            return;
        }

        if (_node.HasDatabase && _candidacy is null)
            OpenDatabase();
        else if (join.Ask(OwnStore) && _node.HasDatabase)
            LookUpLeader();
        if (!_node.HasDatabase && _node.MayLead && _candidacy is null && join.MayFound)
            Found();
    }

    /// <summary>A cluster of its own, in memory.</summary>
    private void Found()
    {
        _log.Info("{0} begins a new cluster.", Me.Address);
        Compete(MemoryMembershipStore.Create(_node.Time));
        _candidacy!.Try();
    }

    private void Compete(MemoryMembershipStore store) =>
        _candidacy = new Candidacy(_node, _node.Reach(store), store.Id);

    private void OpenDatabase()
    {
        if (_isOpening)
            return;
        _isOpening = true;
        _database ??= _node.Reach(DatabaseStores.Create(_node.Settings, Me.Address.System));
        _node.Report(
            _database.Open(CancellationToken.None), id => new StoreOpened(id, null),
            failure => new StoreOpened(StoreId.None, failure));
    }

    private void OnStoreOpened(StoreOpened opened)
    {
        _isOpening = false;
        if (opened.Failure is null)
        {
            _cluster.JoinFailure = null;
            _candidacy = new Candidacy(_node, _database!, opened.Id);
            if (_join is not null)
                Pursue(_join);
            return;
        }

        if (opened.Failure is MembershipStoreException wrong && _join is not null)
        {
            GiveUpJoining(wrong.Reason, wrong.Message);
            return;
        }

        _cluster.JoinFailure = $"StoreUnreachable: {opened.Failure.Message}";
        _log.Log(
            _saidStoreFails ? LogLevel.DebugLevel : LogLevel.ErrorLevel, opened.Failure,
            "The store of the cluster (akka.cluster.embedded.store) cannot be used, trying again: {0}",
            [opened.Failure.Message]);
        _saidStoreFails = true;
    }

    private void LookUpLeader()
    {
        if (_isLookingUp)
            return;
        _isLookingUp = true;
        _node.Report(
            _candidacy!.Store.FindLeader(_node.Settings.LeaderLease, _candidacy.Stopped),
            leader => new LeaderFound(leader is null ? null : Address.Parse(leader), null),
            failure => new LeaderFound(null, failure));
    }

    private void OnLeaderFound(LeaderFound found)
    {
        _isLookingUp = false;
        if (_join is null || found.Failure is not null)
            return;
        if (found.Leader == Me.Address || (found.Leader is null && _join.MayLead))
            AskAtOwnAddress();
        else
            _join.Point(found.Leader, OwnStore);
    }

    /// <summary>The store takes this node for the run before at its address: is that run still there?</summary>
    private void AskAtOwnAddress()
    {
        _isLookingUp = true;
        _node.Report(
            _node.Remoting.FindAt(Me.Address).WaitAsync(_node.Settings.JoinInterval * 2),
            there => new OwnAddressAsked(there), _ => new OwnAddressAsked(null));
    }

    private void OnOwnAddressAsked(OwnAddressAsked asked)
    {
        _isLookingUp = false;
        if (_join is null)
            return;
        // The lease of a run before is no hindrance: that run has ended, unless it answers.
        if (asked.There is not { } there || there == _node.Remoting.Self)
            _candidacy!.Try();
        else
            GiveUpJoining(
                JoinRefusal.AddressTaken, $"{Me.Address} is the address of another node, which answers there");
    }

    private void OnJoinRequest(JoinRequest request)
    {
        if (request.Applicant is not { } applicant)
        {
            _log.Warning(
                "A node that speaks version {0} of the membership's protocol asks to join; this one speaks {1}.",
                request.Protocol, JoinRequest.CurrentProtocol);
            _node.Send(request.Node.Address, new JoinRefused(
                JoinRefusal.OtherProtocol,
                $"it speaks version {request.Protocol} of the membership's protocol, {Me.Address} "
                + $"{JoinRequest.CurrentProtocol}"));
            return;
        }

        if (_leadership is not null)
            _leadership.Join(request);
        else
            _node.Send(applicant.Node.Address, new AskInstead(Me, IsMember ? _leader : null));
    }

    private void OnAskInstead(AskInstead instead)
    {
        if (_join is null)
            return;
        if (instead.Leader is null)
            _join.KnowsNone(instead.From.Address);
        else
            _join.Point(instead.Leader.Address, OwnStore);
    }

    private void OnJoinRefused(JoinRefused refused)
    {
        if (_join is not null && _leadership is null)
            GiveUpJoining(refused.Reason, refused.Text);
    }

    /// <summary>Who has its address is for any member to say; about the rest one seed node may be wrong.</summary>
    private void OnConnectionRefused(ConnectionRefused refused)
    {
        if (_join is null || _leadership is not null)
            return;
        if (_join.IsRefusedBy(refused) || refused.Reason == JoinRefusal.AddressTaken)
            GiveUpJoining(refused.Reason, refused.Said);
        else if (_join.Refused is { } known)
            _cluster.JoinFailure = $"{known.Reason}: {known.Said}"; // if nobody lets it in
    }

    private void GiveUpJoining(JoinRefusal reason, string text)
    {
        var why = reason == JoinRefusal.None ? text : $"{reason}: {text}";
        _cluster.JoinFailure = why;
        _log.Warning("{0} did not become a member of the cluster. {1}", Me.Address, why);
        End(MemberStatus.Removed);
        CoordinatedShutdown.Get(Context.System).Run(new JoinRefusedReason(why));
    }

    /// <summary>The list has this node in it; whether it may act is said by its first answered heartbeat.</summary>
    private void TakeWelcome(JoinAttempt join, FullList list)
    {
        if (list.List.Find(Me) is null)
            return;
        join.Welcome = list;
        _epoch = list.Epoch;
        _leader = list.Leader;
        _lease = new MemberLease();
        SendHeartbeat();
    }

    private void BecomeMember(FullList welcome)
    {
        _join = null;
        _log.Info("{0} is let in by {1}.", Me.Address, welcome.Leader.Address);
        if (welcome.Store.Kind == StoreKind.Memory && _candidacy is null && _node.MayLead
            && MemoryMembershipStore.Find(welcome.Store) is { } store)
            Compete(store);
        NoteStored(welcome.Store);
        Show(welcome.List);
    }

    /// <summary>From now on what this node writes is stored only while its line stands in the list.</summary>
    private void NoteStored(StoreId store)
    {
        if (store.Kind == StoreKind.Database)
            _cluster.StoredAs = new StoredMember(store.Id, Me.ToText());
    }
}
