using Akka.Contract.Tests.ClusterTools;
using Akka.Contract.Tests.Persistence;

namespace Akka.Contract.Tests;

/// <summary>The other processes of tests.</summary>
public static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        switch (arguments)
        {
            case [EventWriter.Command, var file]:
                await EventWriter.Run(file);
                return 0;
            case [ForeignNode.Command, var file, var seed]:
                await ForeignNode.Run(file, seed);
                return 0;
            default:
                await Console.Error.WriteLineAsync("These are tests: dotnet test");
                return 2;
        }
    }
}
