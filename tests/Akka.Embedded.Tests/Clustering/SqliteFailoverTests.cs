namespace Akka.Embedded.Tests.Clustering;

public sealed class SqliteFailoverTests : DatabaseFailoverConformance
{
    private readonly StoreDirectory _stores = new();

    private protected override string Store => _stores.SettingsOf("cluster.db");

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _stores.Delete();
    }
}
