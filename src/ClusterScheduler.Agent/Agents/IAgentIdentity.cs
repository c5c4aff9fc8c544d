using System.Text;

namespace ClusterScheduler.Agent.Agents;

/// <summary>Where an agent keeps the id that its cluster gave it.</summary>
public interface IAgentIdentity
{
    /// <summary>The id; none before the first registration.</summary>
    Task<AgentId?> LoadAsync();

    /// <summary>Keeps the id, durably, before it is used.</summary>
    Task SaveAsync(AgentId id);
}

/// <summary>The id in a file of the agent's directory.</summary>
public sealed class AgentIdFile(string directory) : IAgentIdentity
{
    private string FilePath => Path.Combine(directory, "agent-id");

    /// <inheritdoc/>
    public async Task<AgentId?> LoadAsync() => File.Exists(FilePath)
        && (await File.ReadAllTextAsync(FilePath).ConfigureAwait(false)).Trim() is { Length: > 0 } id
            ? new AgentId(id)
            : null;

    /// <inheritdoc/>
    public async Task SaveAsync(AgentId id)
    {
        var draft = FilePath + ".new";
        var file = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None);
        await using (file.ConfigureAwait(false))
        {
            await file.WriteAsync(Encoding.UTF8.GetBytes(id.Value)).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, FilePath, overwrite: true);
    }
}

/// <summary>The id in memory: an agent that begins anew each time.</summary>
public sealed class AgentIdInMemory : IAgentIdentity
{
    private AgentId? _id;

    /// <inheritdoc/>
    public Task<AgentId?> LoadAsync() => Task.FromResult(_id);

    /// <inheritdoc/>
    public Task SaveAsync(AgentId id)
    {
        _id = id;
        return Task.CompletedTask;
    }
}
