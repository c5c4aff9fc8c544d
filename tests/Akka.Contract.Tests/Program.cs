using Akka.Contract.Tests.Persistence;

namespace Akka.Contract.Tests;

/// <summary>The other processes of tests.</summary>
public static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        if (arguments is not [EventWriter.Command, var file])
        {
            await Console.Error.WriteLineAsync("These are tests: dotnet test");
            return 2;
        }

        await EventWriter.Run(file);
        return 0;
    }
}
