using ClusterScheduler.Agent.Execution;
using ClusterScheduler.Core.Reservations;

namespace ClusterScheduler.Agent.Tests.Execution;

/// <summary>Persistent volumes on disk.</summary>
public sealed class VolumeFoldersTests : IDisposable
{
    private static readonly VolumeName Db = new("eng/web", "db");
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("csched-volumes-");
    private readonly VolumeFolders _volumes;

    public VolumeFoldersTests() => _volumes = new VolumeFolders(Path.Combine(_root.FullName, "volumes"));

    [Fact]
    public void What_one_task_writes_the_next_one_finds_also_after_the_sandbox_is_gone()
    {
        var first = Attach(Db, "data/db");
        File.WriteAllText(Path.Combine(first, "data/db/file"), "kept");
        Directory.Delete(first, recursive: true);
        Assert.Equal("kept", File.ReadAllText(Path.Combine(Attach(Db, "elsewhere"), "elsewhere/file")));
    }

    [Fact]
    public void A_destroyed_volume_is_empty_when_it_is_made_again()
    {
        File.WriteAllText(Path.Combine(Attach(Db, "data"), "data/file"), "lost");
        _volumes.Destroy([Db, new VolumeName("eng", "never-there")]);
        Assert.False(File.Exists(Path.Combine(Attach(Db, "data"), "data/file")));
    }

    [Fact]
    public void Only_volumes_that_are_named_are_kept()
    {
        var other = new VolumeName("eng", "other");
        File.WriteAllText(Path.Combine(Attach(Db, "data"), "data/file"), "kept");
        File.WriteAllText(Path.Combine(Attach(other, "data"), "data/file"), "lost");
        _volumes.Keep([Db]);
        Assert.True(File.Exists(Path.Combine(Attach(Db, "data"), "data/file")));
        Assert.False(File.Exists(Path.Combine(Attach(other, "data"), "data/file")));
    }

    public void Dispose() => _root.Delete(recursive: true);

    private string Attach(VolumeName name, string path)
    {
        var sandbox = Directory.CreateDirectory(Path.Combine(_root.FullName, Guid.NewGuid().ToString("N"))).FullName;
        _volumes.Attach(new TaskVolume(name, path), sandbox);
        return sandbox;
    }
}
