using System.Collections.Immutable;
using ClusterScheduler.Agent.Processes;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Reservations;

namespace ClusterScheduler.Agent.Execution;

/// <summary>
/// The persistent volumes of an agent: a directory each, which a task's sandbox links to and which stays when the task
/// and its sandbox go. Which volumes there are the master says.
/// </summary>
internal sealed class VolumeFolders(string root)
{
    /// <summary>Makes the volume if it is not there, and links to it from the sandbox.</summary>
    public void Attach(TaskVolume volume, string sandbox)
    {
        var folder = FolderOf(volume.Name);
        PrivatePath.CreateDirectory(folder);
        var link = Path.Combine(sandbox, volume.ContainerPath);
        PrivatePath.CreateDirectory(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, folder);
    }

    /// <summary>Removes these volumes with what is in them.</summary>
    public void Destroy(IEnumerable<VolumeName> names)
    {
        foreach (var folder in names.Select(FolderOf).Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Removes every volume but these: the others were destroyed while the agent was away.</summary>
    public void Keep(ImmutableArray<VolumeName> names)
    {
        if (!Directory.Exists(root))
        {
            return;
        }

        var kept = names.Select(FolderOf).ToHashSet(StringComparer.Ordinal);
        foreach (var folder in Directory.EnumerateDirectories(root).SelectMany(Directory.EnumerateDirectories)
            .Where(folder => !kept.Contains(folder)).ToList())
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string FolderOf(VolumeName name) => Path.Combine(root, PathName.Of(name.Role), PathName.Of(name.Id));
}
