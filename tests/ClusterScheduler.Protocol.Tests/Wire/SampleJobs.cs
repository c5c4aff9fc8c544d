using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Protocol.Jobs;

namespace ClusterScheduler.Protocol.Tests.Wire;

/// <summary>A job file in which nearly everything is said that can be.</summary>
internal static class SampleJobs
{
    public static JobFile File { get; } = JobFileJson.Read(
        """
        {
          "jobs": [
            {"role": "www", "name": "first", "instances": 3, "priority": 7,
             "constraints": {"rack": "limit:2", "zone": "!a,b"},
             "placement": {"policy": "min-delay", "per_agent": 1},
             "task": {"command": "echo \"{{instance}}\" > 'Grüße'", "max_failures": -1,
                      "resources": {"cpus": 0.5, "mem": "128MiB", "disk": "1GiB", "ports": ["http"]}}},
            {"role": "www", "name": "second", "after": ["first"], "task": {"command": "true"}}
          ]
        }
        """u8) is { File: { } file } ? file : throw new InvalidOperationException("the sample file is wrong");
}
