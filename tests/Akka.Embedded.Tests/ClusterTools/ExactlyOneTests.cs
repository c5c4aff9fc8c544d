using System.Diagnostics;
using System.Globalization;
using Akka.Cluster.Tools.Singleton;
using Xunit.Abstractions;

namespace Akka.Embedded.Tests.ClusterTools;

/// <summary>
/// Random histories of nodes that leave, are cut off, are downed and come: the singleton never runs twice at one time
/// and always runs again soon. AKKA_TEST_SEED names one history; AKKA_TEST_SEEDS how many are tried.
/// </summary>
public sealed class ExactlyOneTests(ITestOutputHelper output)
{
    private const int StepsEach = 4;

    private static int Seeds => int.Parse(
        Environment.GetEnvironmentVariable("AKKA_TEST_SEEDS") ?? "6", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Whatever_happens_to_its_nodes_it_runs_once_at_a_time_and_comes_back()
    {
        var only = Environment.GetEnvironmentVariable("AKKA_TEST_SEED");
        var seeds = only is null ? Enumerable.Range(1, Seeds) : [int.Parse(only, CultureInfo.InvariantCulture)];
        foreach (var batch in seeds.Chunk(6))
            await Task.WhenAll(batch.Select(Try));
    }

    private async Task Try(int seed)
    {
        var history = new History(new Random(seed), output.WriteLine);
        try
        {
            await history.Run(StepsEach);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException(
                $"seed {seed}: {failure.Message}\n{history.Story}\nreplay: AKKA_TEST_SEED={seed} dotnet test "
                + "tests/Akka.Embedded.Tests --filter FullyQualifiedName~ExactlyOneTests", failure);
        }
    }

    private sealed class History(Random random, Action<string> say)
    {
        private readonly Sightings _seen = new();
        private readonly List<CuttableNode> _nodes = [];
        private readonly List<CuttableNode> _gone = [];

        internal string Story => _seen.Story;

        internal async Task Run(int steps)
        {
            try
            {
                for (var number = 0; number < 3; number++)
                    await Add();
                for (var step = 0; step < steps; step++)
                    await Step();
            }
            finally
            {
                foreach (var node in _nodes.Concat(_gone).Reverse())
                    await node.System.Terminate().WaitAsync(CuttableNode.Patience);
            }

            Assert.False(_seen.WasTwice, "it ran twice at one time");
        }

        private async Task Step()
        {
            var oldest = await RunsOnOneOfThem();
            var victim = random.Next(3) == 0 ? _nodes[random.Next(_nodes.Count)] : oldest;
            var how = random.Next(3);
            var since = Stopwatch.GetTimestamp();
            _nodes.Remove(victim);
            _gone.Add(victim);
            switch (how)
            {
                case 0:
                    _seen.Note($"{victim.Address} leaves");
                    await victim.System.Terminate().WaitAsync(CuttableNode.Patience);
                    break;
                case 1:
                    _seen.Note($"{victim.Address} is cut off");
                    victim.Cut();
                    break;
                default:
                    _seen.Note($"{victim.Address} is downed");
                    _nodes[0].Cluster.Down(victim.Address);
                    break;
            }

            await RunsOnOneOfThem();
            if (victim == oldest)
                say($"{(how == 0 ? "leave" : how == 1 ? "cut off" : "down")}: next one started after "
                    + $"{Stopwatch.GetElapsedTime(since, _seen.LastStartedAt).TotalMilliseconds:0} ms");
            // One failure at a time: of three nodes, two that fail at once may take the third with them.
            await CuttableNode.When(
                () => _nodes.TrueForAll(node => node.Cluster.State.Members.Count == _nodes.Count),
                () => $"{victim.Address} to be removed");
            await Add();
        }

        private async Task<CuttableNode> RunsOnOneOfThem()
        {
            CuttableNode? host = null;
            await CuttableNode.When(
                () =>
                {
                    Assert.False(_seen.WasTwice, "it ran twice at one time");
                    return (host = _nodes.Find(node => node.Address == _seen.Where)) is not null;
                },
                () => "the singleton to run on one of the nodes that are left");
            return host!;
        }

        private async Task Add()
        {
            var node = new CuttableNode();
            _nodes.Add(node);
            node.System.ActorOf(
                ClusterSingletonManager.Props(_seen.Props, ClusterSingletonManagerSettings.Create(node.System)), "it");
            await node.Join(_nodes[0]);
            _seen.Note($"{node.Address} is up");
        }
    }
}
