using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>
/// What a role may get, tried amount by amount: all that its limits allow and that leaves, of what was there before,
/// what is needed afterwards, in the cluster and within each limit.
/// </summary>
public sealed class RoleTreeNeedTests
{
    private static readonly string[] Names = ["a", "a/b", "a/b/c", "a/b/d", "a/e", "f", "f/g"];

    [Fact]
    public void A_role_may_get_what_leaves_the_needs_that_remain_after_it()
    {
        for (var seed = 0; seed < 1_000; seed++)
        {
            var random = new Random(seed);
            var world = Names.ToDictionary(name => name, _ => Account.Random(random));
            var available = random.Next(12);
            var tree = TreeOf(world);
            Assert.Equal(Tops(world), tree.RequiredHeadroom[0]);
            foreach (var name in Names)
            {
                var most = Enumerable.Range(0, 40)
                    .Last(amount => amount == 0 || IsAllowed(world, name, amount, available));
                var allowed = tree.Allowed(tree.Find(RoleName.Parse(name))!, Cpus(available))[0];
                Assert.True(most == Math.Min(allowed, 39), $"world {seed}: {name} may get {most}, not {allowed}");
            }
        }
    }

    private static bool IsAllowed(Dictionary<string, Account> world, string role, int amount, int available)
    {
        var path = Names.Where(name => IsWithin(role, name)).ToArray();
        var after = world.ToDictionary(each => each.Key, each => path.Contains(each.Key)
            ? each.Value with { Consumed = each.Value.Consumed + amount }
            : each.Value);
        return path.All(node => world[node].Limit is null || (amount <= Room(world, node)
                && Below(after, node) <= Math.Max(Room(world, node), Below(world, node)) - amount))
            && (world.Values.All(each => each.Guarantee == 0)
                || Tops(after) <= Math.Max(available, Tops(world)) - amount);
    }

    private static long Tops(Dictionary<string, Account> world) =>
        Names.Where(name => !name.Contains('/')).Sum(name => Need(world, name));

    private static long Below(Dictionary<string, Account> world, string role) => Names
        .Where(name => name.LastIndexOf('/') == role.Length && IsWithin(name, role)).Sum(name => Need(world, name));

    private static long Need(Dictionary<string, Account> world, string role) => Math.Min(
        Math.Max(0, Room(world, role)),
        Math.Max(world[role].Guarantee - world[role].Consumed, Below(world, role)));

    private static long Room(Dictionary<string, Account> world, string role) =>
        world[role].Limit is { } limit ? limit - world[role].Consumed : long.MaxValue;

    private static bool IsWithin(string name, string role) => RoleName.Parse(name).IsWithin(RoleName.Parse(role));

    private static RoleTree TreeOf(Dictionary<string, Account> world)
    {
        var tree = new RoleTree(new ShareScale([]));
        foreach (var (name, account) in world)
        {
            var node = tree.Ensure(RoleName.Parse(name));
            tree.SetQuota(
                node,
                Cpus(account.Guarantee),
                account.Limit is { } limit ? Quantities.NoLimit.With(0, limit) : Quantities.NoLimit,
                account.Limit is not null,
                hasQuota: true);
            tree.ChargeRoom(node, Cpus(account.Consumed));
        }

        return tree;
    }

    private static Quantities Cpus(long amount) => Quantities.Zero.With(0, amount);

    /// <summary>A guarantee is never above the limit of its own role.</summary>
    private sealed record Account(long Guarantee, long? Limit, long Consumed)
    {
        public static Account Random(Random random)
        {
            long? limit = random.Next(2) == 0 ? random.Next(9) : null;
            return new(random.Next(2) == 0 ? random.Next((int)(limit ?? 8) + 1) : 0, limit, random.Next(5));
        }
    }
}
