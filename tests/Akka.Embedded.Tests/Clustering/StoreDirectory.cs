using Microsoft.Data.Sqlite;

namespace Akka.Embedded.Tests.Clustering;

/// <summary>Where the SQLite files of one test are.</summary>
internal sealed class StoreDirectory
{
    private readonly string _path = Directory.CreateTempSubdirectory("cluster-").FullName;

    internal string SettingsOf(string name) =>
        $$"""
        akka.cluster.embedded.store {
          provider-name = SQLite, connection-string = "Data Source={{PathOf(name)}}"
        }
        """;

    internal string PathOf(string name) => Path.Combine(_path, name);

    /// <summary>A last statement of a node that has ended may still run.</summary>
    internal Task Delete()
    {
        SqliteConnection.ClearAllPools();
        return ClusterNode.When(IsDeleted, () => $"{_path} to be deleted");
    }

    private bool IsDeleted()
    {
        try
        {
            Directory.Delete(_path, true);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
