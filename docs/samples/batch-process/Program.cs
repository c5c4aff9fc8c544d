using System.Collections.Immutable;
using BatchProcess;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Sdk;
using ClusterScheduler.Sdk.Joining;

// BatchProcess SEED[,SEED...] JOURNAL LINES [CONFIG]
//
// Joins the cluster through a seed, runs each line of the file LINES as a task, and says how they ended. Killed at any
// moment and started again with the same JOURNAL, it is the same framework, and finishes what is left.
if (args.Length is not (3 or 4))
{
    Console.Error.WriteLine("BatchProcess SEED[,SEED...] JOURNAL LINES [CONFIG]");
    return 2;
}

var lines = File.ReadAllLines(args[2]).Where(static line => line.Length > 0).ToImmutableArray();
using var journal = BatchJournal.Open(args[1]);
Console.WriteLine($"framework {journal.FrameworkId}");
var settings = new SchedulerSettings(journal.FrameworkId, new FrameworkInfo("batch", Environment.UserName, ["batch"]));

while (true)
{
    await using var cluster = await ClusterMembership.Join(
        new JoinSettings([.. args[0].Split(',')])
        {
            ConfigFile = args.ElementAtOrDefault(3),
            Hocon = "akka { loglevel = WARNING, stdout-loglevel = WARNING }",
        });
    Console.WriteLine("joined");
    var batch = JournaledBatch.Run(cluster.System, settings, journal, lines);
    if (await Task.WhenAny(batch, cluster.Ended) == batch)
    {
        var ends = await batch;
        var finished = ends.Count(static end => end.State == TaskState.Finished);
        Console.WriteLine($"{finished} of {lines.Length} lines finished");
        return finished == lines.Length ? 0 : 1;
    }

    Console.WriteLine("removed from the cluster; joining again");
}
