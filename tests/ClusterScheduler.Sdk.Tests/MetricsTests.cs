using System.Diagnostics.Metrics;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Sdk.Metrics;

namespace ClusterScheduler.Sdk.Tests;

public sealed class MetricsTests
{
    [Fact]
    public async Task Counters_are_answered_and_published()
    {
        var name = $"metrics-{Guid.NewGuid()}";
        var published = new System.Collections.Concurrent.ConcurrentDictionary<string, long>();
        using var listener = Listen(name, published);
        using var subject = await new SchedulerSubject(settings => settings with
        {
            Info = settings.Info with { Name = name },
        }).Registered();
        var first = subject.Fake.Offer("cpus:4;mem:1024");
        var second = subject.Fake.Offer("cpus:4;mem:1024", "agent-2");
        await subject.Told("offers offer-1");
        await subject.Told("offers offer-2");
        await subject.Do(s => s.Accept([first.Id], [SchedulerSubject.Task("t1"), SchedulerSubject.Task("t2")]));
        await subject.Do(s => s.Decline([second.Id]));
        subject.Fake.Update(new("t1"), TaskState.Running);
        subject.Fake.Update(new("t1"), TaskState.Finished);
        await subject.Told("update t1 Running");
        await subject.Told("update t1 Finished");

        var metrics = await subject.Ask<SchedulerMetrics>(GetSchedulerMetrics.Instance);

        Assert.Equal((2, 1, 1, 0, 2L), (metrics.OffersReceived, metrics.OffersAccepted, metrics.OffersDeclined,
            metrics.OffersHeld, metrics.TasksLaunched));
        Assert.Equal(1, metrics.Updates[TaskState.Running]);
        Assert.Equal(1, metrics.Updates[TaskState.Finished]);
        Assert.Equal(2, published["scheduler.offers.received"]);
        Assert.Equal(2, published["scheduler.tasks.launched"]);
        Assert.Equal(1, published["scheduler.updates TASK_FINISHED"]);
    }

    private static MeterListener Listen(
        string framework, System.Collections.Concurrent.ConcurrentDictionary<string, long> into)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, self) =>
            {
                if (instrument.Meter.Name == SchedulerInstruments.MeterName)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var all = tags.ToArray().ToDictionary(static tag => tag.Key, static tag => (string?)tag.Value);
            if (all["framework"] == framework)
            {
                var state = all.TryGetValue("state", out var found) ? $" {found}" : "";
                into.AddOrUpdate(instrument.Name + state, value, (_, sum) => sum + value);
            }
        });
        listener.Start();
        return listener;
    }
}
