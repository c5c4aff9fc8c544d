using System.Collections.Immutable;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Master.Allocation;

/// <content>Reservations and volumes: the agents' totals change with them.</content>
internal sealed partial class AllocatorActor
{
    private void Operations()
    {
        Receive<AllocatorProtocol.HoldRoom>(HoldRoom);
        Receive<AllocatorProtocol.ReleaseRoom>(release =>
        {
            Check(allocator.ReleaseRoom(release.Room));
            Changed();
        });
        Receive<AllocatorProtocol.ConvertOffered>(convert =>
        {
            Check(allocator.ReleaseRoom(convert.Room));
            foreach (var (before, after) in sessions.ContainsKey(convert.AgentId) ? convert.Conversions : [])
            {
                Check(allocator.ConvertOffered(
                    convert.FrameworkId, RoleName.Parse(convert.Role), convert.AgentId, before, after));
            }

            Changed();
        });
        Receive<AllocatorProtocol.ConvertFree>(ConvertFree);
    }

    private void HoldRoom(AllocatorProtocol.HoldRoom hold)
    {
        var room = ImmutableArray.CreateBuilder<RoleGrowth>();
        var breaches = ImmutableDictionary.CreateBuilder<int, LimitBreach>();
        foreach (var (operation, roles) in hold.Growth)
        {
            var refusal = allocator.HoldRoom(roles);
            if (refusal is null)
            {
                room.AddRange(roles);
            }
            else if (refusal.Breach is { } breach)
            {
                breaches.Add(operation, breach);
            }
            else
            {
                Check(refusal);
            }
        }

        Context.Parent.Tell(new AllocatorProtocol.RoomHeld(hold.Use, room.ToImmutable(), breaches.ToImmutable()));
    }

    private void ConvertFree(AllocatorProtocol.ConvertFree convert)
    {
        Recover(new AllocatorProtocol.Recover(convert.Offered));
        if (!sessions.ContainsKey(convert.AgentId))
        {
            Check(allocator.ReleaseRoom(convert.Room));
            return;
        }

        var (before, after) = convert.Conversion;
        var refusal = allocator.ConvertFree(convert.AgentId, before, after);
        if (refusal is { Fault: AllocatorFault.NotFree })
        {
            Context.Parent.Tell(new AllocatorProtocol.FreeNotConverted(
                convert.AgentId, convert.Conversion, convert.Room));
        }
        else
        {
            Check(refusal);
            Check(allocator.ReleaseRoom(convert.Room));
        }
    }
}
