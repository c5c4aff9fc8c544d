namespace Akka.Contract.Tests.Persistence;

public sealed class InMemoryPersistenceTests : PersistenceContract
{
    private protected override string Plugins =>
        """
        akka.persistence {
          max-concurrent-recoveries = 5
          journal.plugin = "akka.persistence.journal.inmem"
          snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        }
        """;
}
