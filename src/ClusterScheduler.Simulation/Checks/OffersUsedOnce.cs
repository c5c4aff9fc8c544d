using ClusterScheduler.Simulation.Worlds;

namespace ClusterScheduler.Simulation.Checks;

/// <summary>I3: no offer is granted to two accepts.</summary>
internal sealed class OffersUsedOnce(World world) : Watcher
{
    private readonly Dictionary<(FrameworkId, long), ImmutableArray<OfferId>> accepts = [];
    private readonly Dictionary<OfferId, (FrameworkId Framework, long Accept)> usedBy = [];

    public override void Sent(Node from, object message)
    {
        switch (message)
        {
            case MasterProtocol.Accept accept:
                accepts[(accept.FrameworkId, accept.AcceptId)] = accept.OfferIds;
                break;
            case FrameworkProtocol.AcceptAnswered answer when answer.Results.Any(static result => result.Granted):
                Use((answer.FrameworkId, answer.AcceptId));
                break;
        }
    }

    private void Use((FrameworkId, long) accept)
    {
        foreach (var offer in accepts.GetValueOrDefault(accept, []))
        {
            if (!usedBy.TryAdd(offer, accept) && usedBy[offer] != accept)
            {
                world.Break("I3", $"offer {offer} is granted to {accept} and was to {usedBy[offer]}");
            }
        }
    }
}
