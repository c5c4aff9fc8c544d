namespace ClusterScheduler.Agent.Execution;

/// <summary>
/// Removes sandboxes and records of ended tasks, the oldest first, when there are too many or they are too old.
/// </summary>
/// <param name="directory">The agent's.</param>
/// <param name="settings">The limits; ages are looked at whenever another task ends.</param>
internal sealed class SandboxCollector(AgentDirectory directory, ExecutionSettings settings)
{
    private readonly Queue<(string Sandbox, DateTime EndedAt)> _kept = new();

    /// <summary>Takes up what earlier agents left.</summary>
    /// <param name="inUse">Sandboxes of tasks that are held; theirs come later.</param>
    public void Begin(IEnumerable<string> inUse)
    {
        var used = inUse.ToHashSet(StringComparer.Ordinal);
        var byFramework = Directory.EnumerateDirectories(directory.Sandboxes);
        foreach (var sandbox in byFramework.SelectMany(Directory.EnumerateDirectories)
            .Where(sandbox => !used.Contains(sandbox))
            .Select(sandbox => (sandbox, EndedAt: Directory.GetLastWriteTimeUtc(sandbox)))
            .OrderBy(pair => pair.EndedAt))
        {
            _kept.Enqueue(sandbox);
        }

        Collect();
    }

    /// <summary>The task of a sandbox is released.</summary>
    public void Add(string sandbox)
    {
        _kept.Enqueue((sandbox, DateTime.UtcNow));
        Collect();
    }

    private void Collect()
    {
        while (_kept.TryPeek(out var oldest)
            && (_kept.Count > settings.SandboxesMax
                || DateTime.UtcNow - oldest.EndedAt > settings.SandboxAgeMax))
        {
            _kept.Dequeue();
            _ = Task.Run(() => Remove(oldest.Sandbox));
        }
    }

    private void Remove(string sandbox)
    {
        try
        {
            Directory.Delete(sandbox, recursive: true);
            var record = directory.Of(Path.GetRelativePath(directory.Sandboxes, sandbox)).Ended;
            if (Directory.Exists(record))
            {
                Directory.Delete(record, recursive: true);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is found again, and tried again, when the agent starts the next time.
            settings.Warn($"The sandbox {sandbox} is not removed: {exception.Message}");
        }
    }
}
