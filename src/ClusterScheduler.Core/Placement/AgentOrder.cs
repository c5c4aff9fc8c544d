namespace ClusterScheduler.Core.Placement;

/// <summary>Orders the agents of a request, so that the order in which offers came decides nothing.</summary>
internal static class AgentOrder
{
    /// <summary>Indexes into the request's agents, by name and id.</summary>
    public static int[] ByName(PlacementRequest request)
    {
        var order = Enumerable.Range(0, request.Agents.Length).ToArray();
        Array.Sort(order, (left, right) => PlacementAgent.Compare(request.Agents[left], request.Agents[right]));
        return order;
    }
}
