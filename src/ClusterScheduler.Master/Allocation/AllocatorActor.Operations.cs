using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Master.Allocation;

/// <content>Reservations and volumes: the agents' totals change with them.</content>
internal sealed partial class AllocatorActor
{
    private void Operations()
    {
        Receive<AllocatorProtocol.ConvertOffered>(convert =>
        {
            foreach (var (before, after) in sessions.ContainsKey(convert.AgentId) ? convert.Conversions : [])
            {
                Check(allocator.ConvertOffered(
                    convert.FrameworkId, RoleName.Parse(convert.Role), convert.AgentId, before, after));
            }

            Changed();
        });
        Receive<AllocatorProtocol.ConvertFree>(ConvertFree);
    }

    private void ConvertFree(AllocatorProtocol.ConvertFree convert)
    {
        Recover(new AllocatorProtocol.Recover(convert.Offered));
        if (!sessions.ContainsKey(convert.AgentId))
        {
            return;
        }

        var (before, after) = convert.Conversion;
        var refusal = allocator.ConvertFree(convert.AgentId, before, after);
        if (refusal is { Fault: AllocatorFault.NotFree })
        {
            Context.Parent.Tell(new AllocatorProtocol.FreeNotConverted(convert.AgentId, convert.Conversion));
        }
        else
        {
            Check(refusal);
        }
    }
}
