namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// What changed since the last round, so that a round looks at nothing else. A pair of an agent and a client that got
/// nothing before gets nothing again until one of these marks names it.
/// </summary>
internal sealed class DirtySet
{
    private readonly List<AgentState> agents = [];
    private readonly List<AgentState> agentsWithClients = [];
    private readonly List<ClientState> clients = [];

    /// <summary>Whether everything must be tried: quota leaves more room than before.</summary>
    public bool IsAll { get; private set; }

    /// <summary>Clients to be tried at every agent with something free.</summary>
    public IReadOnlyList<ClientState> Clients => clients;

    public bool IsEmpty => !IsAll && agents.Count == 0 && agentsWithClients.Count == 0 && clients.Count == 0;

    public void MarkAll() => IsAll = true;

    /// <summary>Every client must be tried at the agent.</summary>
    public void Mark(AgentState agent)
    {
        if (!agent.IsDirty)
        {
            agent.IsDirty = true;
            agents.Add(agent);
        }
    }

    /// <summary>The client must be tried at every agent with something free.</summary>
    public void Mark(ClientState client)
    {
        if (!client.IsDirty)
        {
            client.IsDirty = true;
            clients.Add(client);
        }
    }

    /// <summary>The client must be tried at the agent.</summary>
    public void Mark(AgentState agent, ClientState client)
    {
        if (agent.IsDirty)
        {
            return;
        }

        if (agent.DirtyClients is null)
        {
            agent.DirtyClients = [];
            agentsWithClients.Add(agent);
        }

        agent.DirtyClients.Add(client);
    }

    /// <summary>Hands the agents that a round must visit to the table.</summary>
    public void GatherInto(AgentTable table)
    {
        if (IsAll || clients.Count > 0)
        {
            foreach (var agent in table.Free)
            {
                table.Gather(agent);
            }

            return;
        }

        foreach (var agent in agents)
        {
            table.Gather(agent);
        }

        foreach (var agent in agentsWithClients)
        {
            table.Gather(agent);
        }
    }

    public void Clear()
    {
        IsAll = false;
        foreach (var agent in agents)
        {
            agent.IsDirty = false;
        }

        foreach (var agent in agentsWithClients)
        {
            agent.DirtyClients = null;
        }

        foreach (var client in clients)
        {
            client.IsDirty = false;
        }

        agents.Clear();
        agentsWithClients.Clear();
        clients.Clear();
    }
}
