namespace ClusterScheduler.Agent.Execution;

/// <summary>The records that an earlier agent left.</summary>
internal static class TaskRecords
{
    /// <summary>
    /// All that are whole, sorted by path. A record that is not whole was being written when its agent was killed: the
    /// task was handed to nobody yet, so its folder goes. If it was started all the same, the record was damaged later;
    /// what may be left of it is killed, and nobody can be told of it by name.
    /// </summary>
    public static List<(TaskFolder Folder, TaskRecord Record)> Read(
        AgentDirectory directory, Action<string> warn)
    {
        var records = new List<(TaskFolder, TaskRecord)>();
        foreach (var root in Directory.EnumerateDirectories(directory.Tasks).Order(StringComparer.Ordinal)
            .SelectMany(framework => Directory.EnumerateDirectories(framework).Order(StringComparer.Ordinal)))
        {
            var path = Path.GetRelativePath(directory.Tasks, root);
            var folder = directory.Of(path);
            if (folder.ReadRecord() is { } record)
            {
                records.Add((folder, record));
                continue;
            }

            if (folder.ReadRunLog() is { } log)
            {
                warn($"{path}: its record is damaged; what is left of it is killed");
                OrphanSweep.Kill(folder.Sandbox, log.Sessions);
            }

            folder.Delete();
        }

        return records;
    }
}
