using ClusterScheduler.Benchmarks.Harness;

namespace ClusterScheduler.Benchmarks.Tests;

/// <summary>Options that a benchmark cannot be run with are refused before anything runs.</summary>
public sealed class WrongOptionTests
{
    [Theory]
    [InlineData("decline: --frameworks is '1'; it must be 2 to 100000.", "decline", "--frameworks", "1")]
    [InlineData("decline: --frameworks is '0'; it must be 2 to 100000.", "decline", "--frameworks", "0")]
    [InlineData("decline: --agents is '-1'; it must be 1 to 1000000.", "decline", "--agents", "-1")]
    [InlineData("decline: --agents is 'x'; it must be 1 to 1000000.", "decline", "--agents", "x")]
    [InlineData("one-change: --frameworks is '5'; it must be 6 to 100000.",
        "one-change", "--agents", "3", "--frameworks", "5")]
    [InlineData("allocator-memory: --agents is '0'; it must be 1 to 1000000.", "allocator-memory", "--agents", "0")]
    [InlineData("allocator-memory: --allocations is '500000'; 10 agents take 0 to 240.",
        "allocator-memory", "--agents", "10")]
    [InlineData("remote-ask: --in-flight is '9'; of 8 questions it must be 1 to all.",
        "remote-ask", "--questions", "8", "--in-flight", "9")]
    [InlineData("quota has no option '--agents'. It has: --frameworks.", "quota", "--agents", "10000")]
    [InlineData("quota-add has no option '--agents'. It has: --frameworks.", "quota-add", "--agents", "10000")]
    [InlineData("quota-empty has no option '--agents'. It has: --frameworks.", "quota-empty", "--agents", "10000")]
    [InlineData("quota: --frameworks is '5'; it must be 6 to 100000.", "quota", "--frameworks", "5")]
    public void The_option_its_value_and_its_range_are_named(string line, params string[] arguments)
    {
        var (code, errors) = Run(arguments);
        Assert.Equal((2, line), (code, errors.TrimEnd('\n')));
    }

    [Fact]
    public void Every_option_of_every_benchmark_has_bounds_and_a_default_within()
    {
        foreach (var benchmark in Catalogue.All)
        {
            Assert.NotNull(BenchmarkOptions.Parse(benchmark, [], out _));
            foreach (var option in benchmark.Options)
            {
                Assert.InRange(option.Default, option.Least, option.Most);
                Assert.InRange(option.Most, option.Least, int.MaxValue);
                Assert.Null(Parse(benchmark, option, option.Least - 1));
                Assert.Null(Parse(benchmark, option, option.Most + 1));
            }
        }
    }

    [Theory]
    [InlineData("decline", "--agents", "1", "--frameworks", "2")]
    [InlineData("one-change", "--agents", "3", "--frameworks", "6")]
    [InlineData("quota", "--frameworks", "6")]
    [InlineData("allocator-memory", "--agents", "7", "--frameworks", "1", "--allocations", "160")]
    public void The_least_sizes_can_be_measured(string name, params string[] arguments)
    {
        var benchmark = Catalogue.All.Single(each => each.Name == name);
        var options = BenchmarkOptions.Parse(benchmark, arguments, out var error);
        Assert.True(options is not null, error);
        Assert.True(double.IsFinite(benchmark.Run(options, TextWriter.Null).Value));
    }

    private static BenchmarkOptions? Parse(IBenchmark benchmark, BenchmarkOption option, long value) =>
        BenchmarkOptions.Parse(benchmark, [$"--{option.Name}", $"{value}"], out _);

    private static (int Code, string Errors) Run(string[] arguments)
    {
        var before = Console.Error;
        using var errors = new StringWriter();
        Console.SetError(errors);
        try
        {
            return (BenchmarkProgram.Run(arguments), errors.ToString());
        }
        finally
        {
            Console.SetError(before);
        }
    }
}
