using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Tests.Offers;

/// <summary>
/// Random histories of offers, accepts, declines, ends and losses; every unit is in one place (I2, I3).
/// </summary>
public class OfferBookProperties
{
    private const int Histories = 400;
    private const int Steps = 120;

    [Fact]
    public void Every_unit_of_every_agent_is_free_or_in_one_offer_or_used_by_one_task()
    {
        var only = Environment.GetEnvironmentVariable("OFFER_BOOK_SEED");
        var seeds = only is null
            ? Enumerable.Range(1, Histories)
            : [int.Parse(only, System.Globalization.CultureInfo.InvariantCulture)];
        foreach (var seed in seeds)
        {
            var history = new History(seed);
            for (var step = 0; step < Steps; step++)
            {
                var did = history.Step();
                var broken = history.Broken();
                Assert.True(broken is null, $"seed {seed}, step {step} ({did}): {broken}; "
                    + $"replay: OFFER_BOOK_SEED={seed} dotnet test --filter {nameof(OfferBookProperties)}");
            }
        }
    }

    /// <summary>The book beside a free pool, which is what the allocator would hold.</summary>
    private sealed class History(int seed)
    {
        private static readonly ResourceSet Total = ResourceSet.Parse("cpus:8;mem:1024;ports:[1000-1009]");
        private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        private readonly Random random = new(seed);
        private readonly OfferBook book = new();
        private readonly SortedDictionary<AgentId, ResourceSet> free = [];
        private readonly List<OfferId> everMade = [];
        private readonly HashSet<OfferId> usedOnce = [];
        private long next;

        public string Step() => random.Next(7) switch
        {
            0 => Join(),
            1 or 2 => Offer(),
            3 => Accept(),
            4 => Decline(),
            5 => End(),
            _ => Leave(),
        };

        public string? Broken()
        {
            foreach (var agent in book.Agents)
            {
                var offered = agent.Offers.Select(id => book.Find(id)!.Offer.Resources)
                    .Aggregate(ResourceSet.Empty, static (sum, one) => sum + one);
                var all = free[agent.Id] + offered + agent.Used;
                if (all != Total)
                {
                    return $"agent {agent.Id}: free {free[agent.Id]} + offered {offered} + used {agent.Used} = {all}";
                }
            }

            return null;
        }

        private string Join()
        {
            var id = new AgentId($"a{random.Next(4)}");
            Back(book.EndOffersOf(id));
            var info = new AgentInfo("h", Total, []);
            book.OpenSession(id, info, new AgentSession(new MasterEpoch(1), ++next));
            var ledger = book.Find(id)!;
            book.Report(ledger, ledger.Tasks.ToImmutableArray());
            free[id] = Total - ledger.Used;
            return $"join {id}";
        }

        private string Offer()
        {
            if (book.Agents.Count == 0)
            {
                return "no agent";
            }

            var agent = book.Agents.ElementAt(random.Next(book.Agents.Count));
            if (free[agent.Id].IsEmpty)
            {
                return "nothing free";
            }

            var id = new OfferId($"o{++next}");
            book.Open(id, Framework(), agent, random.Next(2) == 0 ? "r" : "s", free[agent.Id], Now);
            free[agent.Id] = ResourceSet.Empty;
            everMade.Add(id);
            return $"offer {id}";
        }

        private string Accept()
        {
            ImmutableArray<OfferId> ids = [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => AnyOffer())];
            var launches = Enumerable.Range(0, random.Next(4)).Select(_ => Task()).ToImmutableArray();
            var open = ids.All(id => book.Find(id) is not null);
            var request = new AcceptRequest(Framework(), ++next, ids, launches, null);
            var outcome = AcceptCheck.Accept(book, request, static _ => ResourceSet.Empty, Now)!;
            Free(outcome.Left);
            var again = AcceptCheck.Accept(book, request, static _ => ResourceSet.Empty, Now)!;
            Assert.Equal(outcome.Answer, again.Answer);
            Assert.Empty(again.Used);
            foreach (var id in ids)
            {
                Assert.True(outcome.Used.IsEmpty || (open && usedOnce.Add(id)), $"offer {id} was used twice");
            }

            return $"accept {string.Join(',', ids)}";
        }

        private string Decline()
        {
            Free(book.Decline(Framework(), [AnyOffer(), AnyOffer()], TimeSpan.FromSeconds(5)));
            return "decline";
        }

        private string End()
        {
            var tasks = book.Agents.SelectMany(static agent => agent.Tasks.Select(task => (agent.Id, task))).ToList();
            if (tasks.Count == 0)
            {
                return "no task";
            }

            var (agent, task) = tasks[random.Next(tasks.Count)];
            var returned = book.Release(agent, task.FrameworkId, task.TaskId)!.Value;
            Free([returned]);
            Assert.Null(book.Release(agent, task.FrameworkId, task.TaskId));
            return $"end {task.TaskId}";
        }

        private string Leave()
        {
            var id = new AgentId($"a{random.Next(4)}");
            Back(book.EndOffersOf(id));
            book.Close(id);
            free.Remove(id);
            return $"leave {id}";
        }

        private OfferId AnyOffer() => everMade.Count == 0
            ? new OfferId("none")
            : everMade[Math.Max(0, everMade.Count - 1 - random.Next(4))];

        private FrameworkId Framework() => new($"f{random.Next(2)}");

        private TaskInfo Task() => new(new TaskId($"t{++next}"), "t",
            ResourceSet.Parse($"cpus:{random.Next(1, 5)};mem:{random.Next(1, 400)}"), TaskPlan.OfShell("true"));

        private void Back(ImmutableArray<OpenOffer> ended) => Free(
            [.. ended.Select(static open => new Returned(
                open.FrameworkId, open.Offer.Role, open.Offer.AgentId, open.Offer.Resources, null))]);

        private void Free(ImmutableArray<Returned> returned)
        {
            foreach (var back in returned)
            {
                free[back.AgentId] += back.Resources;
            }
        }
    }
}
