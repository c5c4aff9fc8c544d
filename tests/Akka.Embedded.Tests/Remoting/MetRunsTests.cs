using Akka.Actor;
using Akka.Embedded.Tests.Coordination;
using Akka.Remote;
using Akka.Remote.Wire;

namespace Akka.Embedded.Tests.Remoting;

/// <summary>What a node remembers of others, and for how long.</summary>
public sealed class MetRunsTests
{
    private static readonly TimeSpan s_stranger = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_quarantine = TimeSpan.FromDays(5);

    private readonly ManualTime _time = new();
    private readonly MetRuns _runs;
    private readonly List<Address> _forgotten = [];

    public MetRunsTests() =>
        _runs = new MetRuns(_time, s_stranger, s_quarantine) { Forgotten = _forgotten.Add };

    [Fact]
    public void A_stranger_is_forgotten_some_time_after_its_last_connection()
    {
        var stranger = Run(1);
        Assert.True(_runs.TryMeet(stranger));
        var connected = _runs.Hold(stranger);

        Pass(2 * s_stranger);
        Assert.Equal(1, _runs.MetCount);

        connected.Dispose();
        Pass(2 * s_stranger);
        Assert.Equal(0, _runs.MetCount);
        Assert.Equal([stranger.Address], _forgotten);
    }

    [Fact]
    public void A_member_is_not()
    {
        _runs.IsMember = static _ => true;
        _runs.TryMeet(Run(1));
        Pass(2 * s_stranger);
        Assert.Equal(1, _runs.MetCount);
    }

    [Fact]
    public void A_run_that_was_given_up_is_remembered_for_days_and_no_longer()
    {
        _runs.Quarantine(Run(1));
        Pass(s_quarantine - s_stranger);
        Assert.True(_runs.IsQuarantined(Run(1)));
        Pass(2 * s_stranger);
        Assert.Equal(0, _runs.QuarantinedCount);
    }

    /// <summary>Those who came to join and were refused take nobody's place.</summary>
    [Fact]
    public void Strangers_that_have_gone_make_room_for_others_when_there_are_too_many()
    {
        using var connected = Enter(Run(1));
        for (var port = 2; port <= MetRuns.NodesMax; port++)
            Assert.True(_runs.TryMeet(Run(port)));
        Assert.False(_runs.TryMeet(Run(MetRuns.NodesMax + 1)));

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(_runs.TryMeet(Run(MetRuns.NodesMax + 1)));
        Assert.Equal(2, _runs.MetCount);
        Assert.Equal(1, _runs.Find(Run(1).Address));
    }

    [Fact]
    public void A_connection_of_a_run_before_keeps_no_later_one()
    {
        var old = Enter(Run(1));
        Assert.True(_runs.TryMeet(Run(1) with { Uid = 2 }));
        Pass(2 * s_stranger);
        Assert.Equal(0, _runs.MetCount);
        old.Dispose();
    }

    private static Peer Run(int port) => new(new Address("akka.tcp", "sys", "127.0.0.1", port), 1);

    private IDisposable Enter(Peer peer)
    {
        Assert.True(_runs.TryMeet(peer));
        return _runs.Hold(peer);
    }

    private void Pass(TimeSpan time)
    {
        _time.Advance(time);
        _runs.Sweep();
    }
}
