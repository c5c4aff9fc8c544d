using System.Collections.Immutable;
using Akka.Cluster;
using BatchProcess;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Sdk;
using ClusterScheduler.Runtime.Settings;
using ClusterScheduler.Sdk.Joining;

// Joins the cluster through a seed, runs each line of the file LINES as a task, and says how they ended. Killed at any
// moment and started again with the same JOURNAL, it is the same framework, and finishes what is left.
const string usage = """
    BatchProcess [--bind HOST] [--secret-file FILE] [--config FILE] [--insecure] SEED[,SEED...] JOURNAL LINES

      --bind HOST         an address of this machine that the cluster's nodes reach [default: 127.0.0.1]
      --secret-file FILE  the cluster's secret, where --config does not name it
      --config FILE       the settings that the cluster's nodes have, where their leases are not the default ones
      --insecure          listen there though others need prove nothing

    Ends with 0 when all lines finished, 1 when not all did, 2 when this command line or a file that it names is wrong,
    3 when the cluster did not let it in at its start.
    """;
if (BatchOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(usage);
    return 2;
}

ImmutableArray<string> lines;
BatchJournal journal;
try
{
    lines = options.Lines();
    journal = BatchJournal.Open(options.JournalFile);
}
catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or InvalidDataException)
{
    Console.Error.WriteLine(wrong.Message);
    return 2;
}

using var kept = journal;
Console.WriteLine($"framework {journal.FrameworkId}");
var settings = new SchedulerSettings(journal.FrameworkId, new FrameworkInfo("batch", Environment.UserName, ["batch"]));

// A cluster that was there once is waited for, however long it is away.
var pause = TimeSpan.FromSeconds(1);
var wasMember = false;
var refusedWith = 0;
while (true)
{
    await using var cluster = await Join();
    if (cluster is null)
    {
        if (!wasMember)
        {
            return refusedWith;
        }

        await Task.Delay(pause);
        continue;
    }

    wasMember = true;
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

async Task<ClusterMembership?> Join()
{
    try
    {
        return await ClusterMembership.Join(options.ToJoin());
    }
    catch (Exception refused) when (refused is ClusterJoinFailedException or SettingsException or ArgumentException
        or IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine($"not in the cluster: {refused.Message.ReplaceLineEndings(" ")}");
        refusedWith = refused is ClusterJoinFailedException ? 3 : 2;
        return null;
    }
}
