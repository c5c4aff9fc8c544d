using ClusterScheduler.Agent.Agents;
using ClusterScheduler.Agent.Execution;
using ClusterScheduler.Agent.Oversubscription;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Agent.Tests.Oversubscription;

public sealed class OversubscriberTests
{
    private static readonly OversubscriptionSettings Settings = new(
        true, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(10), 20, 0.1, 0.9, 0.9);

    private static readonly TaskKey Web = Key("web"), Old = Key("old"), Young = Key("young");

    // Cpus of a web server, a sample each 5 s, as recorded: idle, a burst, idle.
    private static readonly double[] Recorded =
        [0.31, 0.29, 0.3, 0.33, 0.3, 0.28, 0.31, 0.3, 0.34, 0.3, 0.3, 2.9, 0.3, 0.31, 0.29, 0.3, 0.3, 0.32, 0.3, 0.3,
            0.31];

    private readonly Oversubscriber _subject = new(Settings, ResourceSet.Parse("cpus:4;mem:1024"));
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;

    [Fact]
    public void What_a_recorded_task_leaves_is_lent_out_in_steps_once_it_was_watched_long_enough()
    {
        _subject.Begin(Web, ResourceSet.Parse("cpus:3;mem:512"), 0, _now);
        foreach (var cpus in Recorded[..19])
        {
            Take((Web, cpus, 100));
            Assert.True(_subject.Estimate().IsEmpty);
        }

        Take((Web, Recorded[19], 100));

        // 19 of 20 samples are at most 0.34: 3 - 0.34 - 0.3 = 2.36; 512 - 100 - 51.2 = 360.8; in steps.
        Assert.Equal("cpus{REV}:2.3;mem{REV}:352", _subject.Estimate().ToString());
        _subject.End(Web);
        Assert.True(_subject.Estimate().IsEmpty);
    }

    [Fact]
    public void What_was_lent_is_not_lent_on()
    {
        _subject.Begin(Young, ResourceSet.Parse("cpus{REV}:3;mem:100"), 0, _now);
        foreach (var _ in Recorded)
        {
            Take((Young, 0, 100));
        }

        Assert.True(_subject.Estimate().IsEmpty);
    }

    [Fact]
    public void Under_pressure_the_youngest_revocable_task_goes_once_and_no_other_task_ever()
    {
        _subject.Begin(Web, ResourceSet.Parse("cpus:3"), 0, _now);
        _subject.Begin(Old, ResourceSet.Parse("cpus{REV}:1"), 0, _now);
        _subject.Begin(Young, ResourceSet.Parse("cpus{REV}:1"), 0, _now.AddSeconds(1));

        Assert.Empty(Take((Web, 2, 0), (Old, 0.8, 0), (Young, 0.8, 0)));
        Assert.Equal([Young], Take((Web, 2.5, 0), (Old, 0.8, 0), (Young, 0.8, 0)));
        Assert.Empty(Take((Web, 2.5, 0), (Old, 0.8, 0), (Young, 0.8, 0)));
        Assert.Equal([Old], Take((Web, 3, 0), (Old, 0.8, 0), (Young, 0.8, 0)));
        Assert.Empty(Take((Web, 4, 2000)));
    }

    [Fact]
    public void Of_lower_priority_goes_first_whatever_its_age()
    {
        _subject.Begin(Old, ResourceSet.Parse("cpus{REV}:1"), -5, _now);
        _subject.Begin(Young, ResourceSet.Parse("cpus{REV}:1"), 0, _now.AddSeconds(1));
        Assert.Equal([Old], Take((Old, 2, 0), (Young, 2, 0)));
        Assert.Equal([Young], Take((Old, 2, 0), (Young, 4, 0)));
    }

    [Fact]
    public void The_record_of_a_task_keeps_its_priority_and_one_from_before_there_were_any_is_read()
    {
        foreach (var priority in new[] { 0, -7, 1000 })
        {
            var manifest = new TaskManifest("eng/web", ResourceSet.Parse("cpus(+eng):1;mem:2"), priority);
            Assert.Equal(manifest, TaskManifest.Parse(manifest.ToBytes()));
        }

        Assert.Equal(
            new TaskManifest("*", ResourceSet.Parse("cpus:1"), 0), TaskManifest.Parse("*\ncpus:1"u8.ToArray()));
    }

    private IReadOnlyList<TaskKey> Take(params (TaskKey Key, double Cpus, double Mem)[] usages)
    {
        _now += Settings.SampleInterval;
        return _subject.Take(_now, usages.Select(static usage =>
            new TaskUsage(usage.Key, Scalar.Of(usage.Cpus), Scalar.Of(usage.Mem))));
    }

    private static TaskKey Key(string task) => new(new FrameworkId("f"), new TaskId(task));
}
