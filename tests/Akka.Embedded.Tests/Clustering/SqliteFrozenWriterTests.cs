namespace Akka.Embedded.Tests.Clustering;

public sealed class SqliteFrozenWriterTests : FrozenWriterConformance
{
    private readonly StoreDirectory _stores = new();

    private protected override string Settings =>
        $$"""
        {{_stores.SettingsOf("store.db")}}
        akka.persistence.journal {
          plugin = "akka.persistence.journal.sql"
          sql { provider-name = SQLite, connection-string = "Data Source={{_stores.PathOf("store.db")}}" }
        }
        """;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _stores.Delete();
    }
}
