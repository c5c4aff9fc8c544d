namespace Akka.Contract.Tests.Coordination;

public sealed class SqliteLeaseTests : LeaseContract
{
    private readonly string _directory = Directory.CreateTempSubdirectory("leases-").FullName;

    private protected override (string Connection, string Provider) Database =>
        ($"Data Source={Path.Combine(_directory, "leases.db")};Pooling=False", "SQLite.MS");

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_directory, true);
    }
}
