using ClusterScheduler.Benchmarks.Harness;

namespace ClusterScheduler.Benchmarks.Tests;

/// <summary>docs/benchmarks.md holds the whole table.</summary>
public sealed class BenchmarksPageTests
{
    private static readonly string[] Rows =
        File.ReadAllLines(Path.Combine(Report.RepositoryRoot(), "docs", "benchmarks.md"));

    [Fact]
    public void Every_benchmark_has_its_row_with_what_Mesos_takes_and_its_bound()
    {
        foreach (var benchmark in Catalogue.All)
        {
            var workload = Report.Workload(benchmark);
            var row = Assert.Single(Rows, each => each.StartsWith(workload, StringComparison.Ordinal));
            Assert.Equal(Report.TargetOf(benchmark), row.Split('|')[5].Trim());
        }
    }

    [Fact]
    public void The_allocators_rows_of_Mesos_table_say_what_Mesos_takes() => Assert.Equal(
        [
            "decline", "decline-1k", "decline-50k", "decline-50k-6k", "take-back", "empty-round", "empty-round-1",
            "add", "update", "revive", "quota", "quota-add", "quota-empty", "labels", "one-change",
        ],
        Catalogue.All.Where(each => each.Mesos.Length > 0).Select(each => each.Name));
}
