namespace Akka.Contract.Tests.Persistence;

public sealed class SqlitePersistenceTests : SqlPersistenceContract
{
    private readonly string _directory = Directory.CreateTempSubdirectory("persistence-").FullName;

    private protected override string Plugins => SqlPlugins.Sqlite(Path.Combine(_directory, "events.db"));

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_directory, true);
    }
}
