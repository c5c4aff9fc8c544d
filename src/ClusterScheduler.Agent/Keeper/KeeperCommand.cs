using System.Collections.Immutable;
using System.Reflection;

namespace ClusterScheduler.Agent.Keeper;

/// <summary>How an agent starts its keeper: the same program, with the hidden verb.</summary>
public static class KeeperCommand
{
    /// <summary>The command of the program that is running.</summary>
    public static ImmutableArray<string> OfThisProgram()
    {
        var path = Environment.ProcessPath ?? throw new InvalidOperationException("The program's path is not known.");
        return Path.GetFileNameWithoutExtension(path) == "dotnet"
            ? Of(path, Assembly.GetEntryAssembly()!.Location)
            : [path, KeeperProgram.Verb];
    }

    /// <summary>The command that runs an assembly of this product.</summary>
    public static ImmutableArray<string> Of(string dotnet, string assembly) =>
        [dotnet, assembly, KeeperProgram.Verb];
}
