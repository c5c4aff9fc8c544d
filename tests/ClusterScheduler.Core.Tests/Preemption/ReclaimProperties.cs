using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Preemption;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;
using ClusterScheduler.Core.Tasks;
using FsCheck;
using FsCheck.Fluent;

namespace ClusterScheduler.Core.Tests.Preemption;

/// <summary>Random roles and tasks, each world from its number.</summary>
public sealed class ReclaimProperties
{
    private static readonly string[] Names = ["a", "a/x", "a/y", "b", "b/z", "c"];

    [Fact]
    public void No_role_falls_below_its_guarantee() => ForAllWorlds(static world =>
    {
        foreach (var role in world.Accounts)
        {
            // A role above the one that gets loses nothing to it: what leaves it comes back to it.
            var lost = Sum(world.Plan.Steps.Where(step => step.Task.Role.IsWithin(role.Role)
                && !step.For.IsWithin(role.Role) && !step.Task.IsEnding));
            if (!role.Excess.Contains(lost))
            {
                return $"role {role.Role} has {role.Excess} in excess and loses {lost}";
            }
        }

        return null;
    });

    [Fact]
    public void Never_more_than_needed_without_any_one_task_that_is_not_ending_more_is_missing() =>
        ForAllWorlds(static world =>
        {
            foreach (var needy in world.Accounts.Where(static role => !role.Unmet.IsEmpty))
            {
                ReclaimStep[] steps = [.. world.Plan.Steps.Where(step => step.For == needy.Role)];
                var missing = needy.Unmet.SubtractWhatIsThere(Sum(steps));
                var spared = steps.FirstOrDefault(step => !step.Task.IsEnding
                    && needy.Unmet.SubtractWhatIsThere(Sum(steps.Where(other => other != step))) == missing);
                if (spared is not null)
                {
                    return $"task {spared.Task.Task} is not needed for {needy.Role}";
                }
            }

            return null;
        });

    [Fact]
    public void Nobody_is_taken_twice_and_nothing_from_the_role_that_gets() => ForAllWorlds(static world =>
        world.Plan.Steps.GroupBy(static step => step.Task.Key).Any(static same => same.Count() > 1)
            ? "a task is taken twice"
        : world.Plan.Steps.Any(static step => step.Task.Role.IsWithin(step.For)) ? "a role takes from itself"
        : null);

    [Fact]
    public void Nobody_is_killed_before_the_deadline_or_beyond_what_is_allowed() => ForAllWorlds(static world =>
        world.Plan.Steps.Any(step => step.Action is ReclaimAction.KillRevocable or ReclaimAction.KillByPriority
            && (step.Task.AskedUntil is not { } until || until > world.Now
                || !world.Settings.MayKill(step.Task.IsRevocable)))
            ? "somebody is killed who must not be"
        : null);

    [Fact]
    public void What_is_missing_cannot_be_had_from_anybody_who_is_left() => ForAllWorlds(static world =>
    {
        foreach (var (needy, missing) in world.Plan.Missing)
        {
            var left = world.Tasks.Where(task => world.Plan.Steps.All(step => step.Task != task)
                && !task.Role.IsWithin(needy) && !needy.IsWithin(task.Role)
                && !missing.Intersect(task.Frees).IsEmpty);
            var helps = left.FirstOrDefault(task =>
                Above(task.Role, needy).All(role => world.LeftOf(role).Contains(task.Frees)));
            if (helps is not null)
            {
                return $"task {helps.Task} would help {needy}, which still lacks {missing}";
            }
        }

        return null;
    });

    [Fact]
    public void The_order_in_which_tasks_and_roles_are_handed_in_does_not_matter() => ForAllWorlds(static world =>
    {
        ReclaimTask[] tasks = [.. world.Tasks.Reverse()];
        ReclaimRole[] roles = [.. world.Accounts.Reverse()];
        var other = ReclaimDecider.Decide(roles, tasks, Scene.Anywhere, world.Settings, world.Now);
        return Scene.Text(other) == Scene.Text(world.Plan) ? null : "the plan is another";
    });

    /// <summary>
    /// The twin: of all sets of tasks, those that leave least missing; of these the one whose last task in the order
    /// comes earliest, then the one before it, and so on. Where no guarantee stands in the way, the plan is that one.
    /// </summary>
    [Fact]
    public void The_plan_is_the_one_that_goes_least_far_down_the_order() => ForAllWorlds(static world =>
    {
        var unmet = world.Unmet;
        ReclaimTask[] tasks =
        [
            .. world.Tasks.Where(static task => !task.IsEnding && task.Role.Value == "b").Take(9)
                .OrderBy(task => ReclaimRank.Of(task, unmet)),
        ];
        ReclaimRole[] roles =
        [
            new(RoleName.Parse("c"), unmet, Scene.Start, default, default),
        ];
        var best = Enumerable.Range(0, 1 << tasks.Length)
            .OrderBy(set => Amount(unmet.SubtractWhatIsThere(Sum(Of(set, tasks))))).ThenBy(static set => set).First();
        var plan = ReclaimDecider.Decide(roles, tasks, Scene.Anywhere, world.Settings, world.Now);
        var expected = string.Join(' ', Of(best, tasks).Select(static task => task.Task.Value));
        var made = string.Join(' ', plan.Steps.Select(static step => step.Task.Task.Value));
        return expected == made ? null : $"expected '{expected}', planned '{made}' for {unmet}";
    });

    /// <summary>With limits in the way of some, and agents that suit some only if enough is freed there.</summary>
    [Fact]
    public void The_plan_is_that_of_the_twin_which_goes_through_all_tasks_for_every_role() =>
        ForAllWorlds(static world =>
        {
            ReclaimRole[] roles = [.. world.Accounts.Select(role => role.Unmet.Cpus.Thousandths % 3000 == 0
                ? role
                : role with { Blocked = Blocked(role) })];
            bool Suits(RoleName role, AgentId agent, ResourceSet freed) =>
                freed.Cpus.Thousandths >= 1000 * ((role.Value.Length + agent.Value[1]) % 4);
            var plan = ReclaimDecider.Decide(roles, world.Tasks, Suits, world.Settings, world.Now);
            var made = string.Join('\n', roles.Where(static role => !role.Unmet.IsEmpty)
                .OrderBy(static role => role.UnmetSince).ThenBy(static role => role.Role).Select(role =>
                    $"{role.Role}: {string.Join(' ', StepsFor(plan, role).Select(static step => step.Task.Task))}, "
                    + $"missing {plan.Missing.FirstOrDefault(gap => gap.Role == role.Role).Missing}"));
            var expected = new NaiveReclaim(roles, world.Tasks, Suits).Plan();
            return expected == made ? null : $"twin says\n{expected}\nplanned\n{made}";
        });

    private static IEnumerable<ReclaimStep> StepsFor(ReclaimPlan plan, ReclaimRole role) =>
        plan.Steps.Where(step => step.For == role.Role);

    private static BlockedNeed[] Blocked(ReclaimRole role) => role.Unmet.IsEmpty || role.Role.Parent is not { } parent
        ? []
        : [new BlockedNeed(parent, role.Unmet.Intersect(ResourceSet.Parse("cpus:2;mem:3")))];

    private static IEnumerable<ReclaimTask> Of(int set, ReclaimTask[] tasks) =>
        tasks.Where((_, index) => (set & (1 << index)) != 0);

    private static long Amount(ResourceSet set) => set.Items.Sum(static item => item.Amount.Thousandths);

    private static IEnumerable<RoleName> Above(RoleName role, RoleName needy)
    {
        for (RoleName? at = role; at is { } name && !needy.IsWithin(name); at = name.Parent)
        {
            yield return name;
        }
    }

    private static ResourceSet Sum(IEnumerable<ReclaimStep> steps) => Sum(steps.Select(static step => step.Task));

    private static ResourceSet Sum(IEnumerable<ReclaimTask> tasks) =>
        tasks.Aggregate(ResourceSet.Empty, static (sum, task) => sum + task.Frees);

    private static void ForAllWorlds(Func<World, string?> broken) => Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 1).ToArbitrary(),
        seed => Assert.Null(broken(new World(new Random(seed))) is { } why ? $"world {seed}: {why}" : null))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    private sealed class World
    {
        public World(Random random)
        {
            Settings = Scene.Settings((ReclaimMode)random.Next(4)) with { WaitLeast = TimeSpan.Zero };
            Tasks = [.. Enumerable.Range(0, random.Next(14)).Select(number => NewTask(random, number))];
            Accounts =
            [
                .. Names.Select(name => Scene.Role(
                    name,
                    unmet: random.Next(3) == 0 ? Amounts(random, 8) : "",
                    since: random.Next(60),
                    excess: Amounts(random, 12))),
            ];
            Unmet = ResourceSet.Parse(Amounts(random, 8));
            Plan = ReclaimDecider.Decide(Accounts, Tasks, Scene.Anywhere, Settings, Now);
        }

        public ReclaimSettings Settings { get; }

        public DateTimeOffset Now { get; } = Scene.Start.AddMinutes(2);

        public ReclaimTask[] Tasks { get; }

        public ReclaimRole[] Accounts { get; }

        public ResourceSet Unmet { get; }

        public ReclaimPlan Plan { get; }

        /// <summary>What can still be taken from a role after the plan.</summary>
        public ResourceSet LeftOf(RoleName role) => Accounts.First(account => account.Role == role).Excess
            .SubtractWhatIsThere(Sum(Plan.Steps.Where(step =>
                step.Task.Role.IsWithin(role) && !step.For.IsWithin(role))));

        private static ReclaimTask NewTask(Random random, int number)
        {
            var lent = random.Next(4) == 0 ? ";disk{REV}:1" : "";
            return new ReclaimTask(
                new TaskId($"t{number:00}"), new FrameworkId($"f{random.Next(2)}"),
                RoleName.Parse(Names[random.Next(Names.Length)]), new AgentId($"a{random.Next(3)}"),
                ResourceSet.Parse(Amounts(random, 4) + lent), random.Next(3))
            {
                IsEnding = random.Next(8) == 0,
                AskedUntil = random.Next(3) == 0 ? Scene.Start.AddMinutes(random.Next(4)) : null,
                AskedInVain = random.Next(2),
            };
        }

        private static string Amounts(Random random, int most) =>
            FormattableString.Invariant($"cpus:{random.Next(1, most)};mem:{random.Next(1, most)}");
    }
}
