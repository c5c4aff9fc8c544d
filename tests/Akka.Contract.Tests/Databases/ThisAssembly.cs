namespace Akka.Contract.Tests.Databases;

internal static class ThisAssembly
{
    public const string Name = "Akka.Contract.Tests";
}
