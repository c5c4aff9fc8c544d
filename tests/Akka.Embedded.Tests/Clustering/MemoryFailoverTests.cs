namespace Akka.Embedded.Tests.Clustering;

public sealed class MemoryFailoverTests : FailoverConformance
{
    private protected override string Store => "";
}
