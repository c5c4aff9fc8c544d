using System.Diagnostics;
using Akka.Contract.Tests.Databases;
using Akka.Coordination.Sql;

namespace Akka.Embedded.Tests.Coordination;

/// <summary>What every table of leases keeps, whichever database it stands in.</summary>
public abstract class LeaseTableConformance : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(30);

    private readonly List<ILeaseTable> _open = [];

    private protected abstract ILeaseTable OpenTable();

    private protected abstract void CleanUp();

    private ILeaseTable Table => _open.Count > 0 ? _open[0] : Open();

    [StoreFact]
    public async Task One_owner_has_it_until_it_is_released()
    {
        Assert.Equal(1, await Acquire("a"));
        Assert.Null(await Acquire("b"));
        Assert.True(await Table.TryRenew("lease", 1, Long, default));

        await Table.Release("lease", 1, default);

        Assert.Equal(2, await Acquire("b"));
        Assert.False(await Table.TryRenew("lease", 1, Long, default));
        Assert.Null(await Acquire("a"));
    }

    [StoreFact]
    public async Task It_can_be_had_by_another_after_it_has_expired()
    {
        await Table.TryAcquire("lease", "a", Short, default);

        long? epoch = null;
        for (var i = 0; i < 500 && epoch is null; i++)
        {
            await Task.Delay(10);
            epoch = await Acquire("b");
        }

        Assert.Equal(2, epoch);
        Assert.False(await Table.TryRenew("lease", 1, Long, default));
    }

    /// <summary>Where the clock was set back an hour, nobody is to wait for an hour.</summary>
    [StoreFact]
    public async Task One_that_was_granted_by_a_clock_that_was_set_back_is_free_after_two_durations()
    {
        var lease = TimeSpan.FromMilliseconds(200);
        await Table.TryAcquire("lease", "a", TimeSpan.FromHours(1), default);
        Assert.Null(await Table.FindOwner("lease", lease, default));
        Assert.Equal("a", await Table.FindOwner("lease", TimeSpan.FromHours(1), default));

        long? epoch = null;
        var began = Stopwatch.StartNew();
        for (var i = 0; i < 500 && epoch is null; i++)
        {
            epoch = await Table.TryAcquire("lease", "b", lease, default);
            if (epoch is null)
                await Task.Delay(10);
        }

        Assert.Equal(2, epoch);
        Assert.True(began.Elapsed >= lease * 2, "It was taken before its holder could have renewed it.");
        Assert.Equal("b", await Table.FindOwner("lease", lease, default));
    }

    /// <summary>It renews by the new time, in less than the two durations.</summary>
    [StoreFact]
    public async Task Its_holder_keeps_it_when_it_is_there()
    {
        await Table.TryAcquire("lease", "a", TimeSpan.FromHours(3), default);
        Assert.Null(await Acquire("b"));
        Assert.True(await Table.TryRenew("lease", 1, Long, default));
        Assert.Null(await Acquire("b"));
        Assert.Equal("a", await Table.FindOwner("lease", Long, default));
    }

    [StoreFact]
    public async Task An_older_holder_cannot_release_what_another_has()
    {
        await Acquire("a");
        await Table.Release("lease", 1, default);
        await Acquire("b");

        await Table.Release("lease", 1, default);

        Assert.Null(await Acquire("c"));
    }

    [StoreFact]
    public async Task An_owner_that_comes_back_gets_a_higher_epoch()
    {
        Assert.Equal(1, await Acquire("a"));
        Assert.Equal(2, await Acquire("a"));
        Assert.False(await Table.TryRenew("lease", 1, Long, default));
    }

    [StoreFact]
    public async Task Leases_of_other_names_are_others()
    {
        Assert.Equal(1, await Acquire("a"));
        Assert.Equal(1, await Table.TryAcquire("another", "b", Long, default));
    }

    [StoreFact]
    public async Task Of_many_who_ask_at_once_one_gets_it_and_epochs_only_grow()
    {
        var tables = Enumerable.Range(0, 4).Select(_ => Open()).ToList();
        for (long round = 1; round <= 5; round++)
        {
            var epochs = await Task.WhenAll(tables.Select(
                (table, i) => table.TryAcquire("lease", $"owner-{round}-{i}", Long, default)));

            Assert.Equal(round, Assert.Single(epochs, epoch => epoch is not null));
            await Table.Release("lease", round, default);
        }
    }

    public void Dispose()
    {
        _open.ForEach(table => table.Dispose());
        CleanUp();
        GC.SuppressFinalize(this);
    }

    private ILeaseTable Open()
    {
        _open.Add(OpenTable());
        return _open[^1];
    }

    private Task<long?> Acquire(string owner) => Table.TryAcquire("lease", owner, Long, default);
}
