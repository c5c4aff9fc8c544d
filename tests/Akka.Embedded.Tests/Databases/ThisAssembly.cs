namespace Akka.Contract.Tests.Databases;

internal static class ThisAssembly
{
    public const string Name = "Akka.Embedded.Tests";
}
