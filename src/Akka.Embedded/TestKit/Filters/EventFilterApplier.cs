using Akka.Actor;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

internal sealed class EventFilterApplier(TestKitBase testkit, ActorSystem system, IReadOnlyList<LogFilter> filters)
    : IEventFilterApplier
{
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(5);

    public EventFilterFactory And => new(testkit, system, filters);

    public void ExpectOne(Action action, CancellationToken cancellationToken = default) =>
        Expect(1, action, cancellationToken);

    public void ExpectOne(TimeSpan timeout, Action action, CancellationToken cancellationToken = default) =>
        Expect(1, timeout, action, cancellationToken);

    public T ExpectOne<T>(Func<T> func, CancellationToken cancellationToken = default)
    {
        var result = default(T);
        Expect(1, () => result = func(), cancellationToken);
        return result!;
    }

    public Task ExpectOneAsync(Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, actionAsync, cancellationToken);

    public Task ExpectOneAsync(TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default) =>
        ExpectAsync(1, timeout, action, cancellationToken);

    public void Expect(int expectedCount, Action action, CancellationToken cancellationToken = default) =>
        Expect(expectedCount, Leeway, action, cancellationToken);

    public void Expect(
        int expectedCount, TimeSpan timeout, Action action,
        CancellationToken cancellationToken = default) => ExpectAsync(
            expectedCount, timeout,
            () =>
            {
                action();
                return Task.CompletedTask;
            },
            cancellationToken).GetAwaiter().GetResult();

    public Task ExpectAsync(
        int expectedCount, Func<Task> actionAsync, CancellationToken cancellationToken = default) =>
        ExpectAsync(expectedCount, Leeway, actionAsync, cancellationToken);

    public async Task ExpectAsync(
        int expectedCount, TimeSpan timeout, Func<Task> action, CancellationToken cancellationToken = default)
    {
        using var mute = Mute();
        await action();
        var end = TestKitBase.Now + testkit.Dilated(timeout);
        while (Matched < expectedCount && TestKitBase.Now < end)
            await Task.Delay(s_pollInterval, cancellationToken).ConfigureAwait(false);
        testkit.Asserting.AssertTrue(
            Matched == expectedCount, "{0} log events were expected ({1}); {2} came within {3}.", expectedCount,
            string.Join("; ", filters), Matched, timeout);
    }

    public void Mute(Action action, CancellationToken cancellationToken = default)
    {
        using (Mute())
            action();
    }

    public T Mute<T>(Func<T> func, CancellationToken cancellationToken = default)
    {
        using (Mute())
            return func();
    }

    public IUnmutableFilter Mute()
    {
        foreach (var filter in filters)
            system.EventStream.Publish(new MuteFilter(filter));
        return new Unmutable(this);
    }

    private TimeSpan Leeway => testkit.TestKitSettings.TestEventFilterLeeway;

    private int Matched => filters.Sum(filter => filter.Matched);

    private void Unmute()
    {
        foreach (var filter in filters)
            system.EventStream.Publish(new UnmuteFilter(filter));
    }

    private sealed class Unmutable(EventFilterApplier applier) : IUnmutableFilter
    {
        public void Unmute() => applier.Unmute();

        public void Dispose() => Unmute();
    }
}
