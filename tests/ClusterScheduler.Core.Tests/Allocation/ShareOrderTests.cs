using System.Runtime.Intrinsics;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>The pages of an order: sorted whatever happens, passed over exactly when nobody on them may take.
/// </summary>
public class ShareOrderTests
{
    private const int Units = 300;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Order_and_pages_follow_every_change(int seed)
    {
        var random = new Random(seed);
        var order = new ShareOrder();
        RoleNode[] units =
            [.. Enumerable.Range(0, Units).Select(at => new RoleNode(RoleName.Parse($"role{at}"), Root))];
        for (var step = 0; step < 4_000; step++)
        {
            var unit = units[random.Next(Units)];
            switch (random.Next(12))
            {
                case 0 when unit.IsFiled:
                    order.Remove(unit);
                    break;
                case 1 when step % 40 == 0:
                    Change(unit, random);
                    order.Rebuild();
                    break;
                case < 6 when !unit.IsFiled:
                    order.Add(unit);
                    break;
                default:
                    Change(unit, random);
                    if (unit.IsFiled)
                    {
                        order.Refile(unit);
                    }

                    break;
            }

            // What was changed and not refiled is not looked at before it is.
            if (step % 50 == 0)
            {
                Check(order, units);
            }
        }
    }

    private static RoleNode Root { get; } = new(default, null);

    private static void Change(RoleNode unit, Random random)
    {
        unit.Share = random.Next(5) / 5.0;
        unit.Count += random.Next(2);
        unit.HasLimit = random.Next(2) == 0;
        unit.Room = new Quantities(Vector256.Create(Room(), Room(), Room(), Room()));

        long Room() => random.Next(-1, 2);
    }

    private static void Check(ShareOrder order, RoleNode[] units)
    {
        var seen = new List<ShareUnit>();
        for (var page = 0; page < order.PageCount; page++)
        {
            var members = order[page].ToArray().Select(entry => order[entry]).ToArray();
            seen.AddRange(members);
            for (var resource = 0; resource < 4; resource++)
            {
                var free = Vector256<long>.Zero.WithElement(resource, 1_000);
                Assert.Equal(
                    members.Any(unit => unit.Open[resource] > 0), order.MayTake(page, free));
            }
        }

        Assert.Equal(
            units.Where(static unit => unit.IsFiled).OrderBy(static unit => unit.Share)
                .ThenBy(static unit => unit.Count).ThenBy(static unit => unit.Name, StringComparer.Ordinal),
            seen.Cast<RoleNode>());
        Assert.Equal(order.Count, seen.Count);
    }
}
