using Akka.Configuration;
using Akka.Coordination;
using Akka.Coordination.Sql;

namespace Akka.Embedded.Tests.Coordination;

/// <summary>What a holder believes, while time and the database do what they want.</summary>
public sealed class SqlLeaseTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly ManualTime _time = new();
    private readonly FakeTable _table = new();
    private readonly TaskCompletionSource<Exception?> _lost = new();

    [Fact]
    public async Task It_is_held_as_long_as_it_is_confirmed()
    {
        var lease = await Acquired();

        for (var i = 0; i < 100; i++)
        {
            await _time.TimerAfter(Interval);
            _time.Advance(Interval);
            await _table.Renewed();
            Assert.True(lease.CheckLease());
        }

        Assert.False(_lost.Task.IsCompleted);
        Assert.Equal(1, lease.Epoch);
    }

    [Fact]
    public async Task It_is_not_held_any_more_before_the_database_gives_it_away()
    {
        var lease = await Acquired();
        _table.Answer = _ => throw new IOException("cut off");

        _time.Advance(Timeout * 0.94);
        Assert.True(lease.CheckLease());
        _time.Advance(Timeout * 0.02);

        Assert.False(lease.CheckLease());
        Assert.Equal(0, lease.Epoch);
    }

    [Fact]
    public async Task A_confirmation_counts_from_when_it_was_sent()
    {
        var lease = await Acquired();
        var slow = new TaskCompletionSource<bool>();
        _table.Answer = _ => slow.Task;
        await _time.TimerAfter(Interval);
        _time.Advance(Interval);
        await _table.Renewed();

        _time.Advance(TimeSpan.FromSeconds(3));
        slow.SetResult(true);
        await _time.TimerAfter(Interval);

        // Sent after 1 s, so it is good until 10.5 s, not until 13.5 s.
        _table.Answer = _ => throw new IOException("cut off");
        _time.Advance(TimeSpan.FromSeconds(6.4));
        Assert.True(lease.CheckLease());
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.False(lease.CheckLease());
    }

    [Fact]
    public async Task The_holder_is_told_once_when_another_has_it()
    {
        var lease = await Acquired();
        _table.Answer = _ => Task.FromResult(false);

        _time.Advance(Interval);

        Assert.IsType<LeaseException>(await _lost.Task.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.False(lease.CheckLease());
    }

    [Fact]
    public async Task The_holder_is_told_when_the_database_is_away_for_too_long()
    {
        await Acquired();
        _table.Answer = _ => throw new IOException("cut off");

        while (!_lost.Task.IsCompleted)
        {
            _time.Advance(Interval);
            await Task.Yield();
        }

        Assert.Contains("cut off", (await _lost.Task)!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_was_frozen_knows_at_once_that_it_lost()
    {
        var lease = await Acquired();

        _time.Advance(TimeSpan.FromHours(1));

        Assert.False(lease.CheckLease());
        await _lost.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.False(lease.CheckLease());
    }

    [Fact]
    public async Task What_was_given_back_is_not_confirmed_any_more()
    {
        var lease = await Acquired();

        Assert.True(await lease.Release());

        Assert.False(lease.CheckLease());
        Assert.Equal([1], _table.Released);
        _time.Advance(Timeout);
        Assert.False(_lost.Task.IsCompleted);
    }

    [Fact]
    public async Task No_answer_in_time_is_an_error_and_no_lease()
    {
        var lease = Lease();
        _table.Hangs = true;

        var asked = lease.Acquire();
        _time.Advance(TimeSpan.FromSeconds(5));

        await Assert.ThrowsAsync<LeaseTimeoutException>(() => asked);
        Assert.False(lease.CheckLease());
    }

    public void Dispose() => _table.Dispose();

    private SqlLease Lease() => new(
        new LeaseSettings(
            "lease", "owner", new TimeoutSettings(Interval, Timeout, TimeSpan.FromSeconds(5)), Config.Empty),
        _table,
        _time);

    private async Task<SqlLease> Acquired()
    {
        var lease = Lease();
        Assert.True(await lease.Acquire(reason => _lost.TrySetResult(reason)));
        return lease;
    }

    private sealed class FakeTable : ILeaseTable
    {
        private readonly SemaphoreSlim _renewals = new(0);

        public Func<long, Task<bool>> Answer { get; set; } = _ => Task.FromResult(true);

        public bool Hangs { get; set; }

        public List<long> Released { get; } = [];

        /// <summary>Until the holder has asked once more.</summary>
        public async Task Renewed() => Assert.True(await _renewals.WaitAsync(TimeSpan.FromSeconds(20)));

        public async Task<long?> TryAcquire(string name, string owner, TimeSpan duration, CancellationToken cancel)
        {
            if (Hangs)
            {
                await Task.Delay(System.Threading.Timeout.Infinite, cancel);
            }

            return 1;
        }

        public Task<bool> TryRenew(string name, long epoch, TimeSpan duration, CancellationToken cancel)
        {
            _renewals.Release();
            return Answer(epoch);
        }

        public Task<string?> FindOwner(string name, TimeSpan duration, CancellationToken cancel) =>
            Task.FromResult<string?>(null);

        public Task Release(string name, long epoch, CancellationToken cancel)
        {
            Released.Add(epoch);
            return Task.CompletedTask;
        }

        public void Dispose() => _renewals.Dispose();
    }
}
