using System.Runtime.CompilerServices;
using ClusterScheduler.Agent.Keeper;
using ClusterScheduler.Cli.Commands;

namespace ClusterScheduler.Cli;

/// <summary>The one executable. It becomes the keeper of an agent's tasks before anything heavy is touched.</summary>
internal static class Program
{
    public static int Main(string[] args) =>
        args is [KeeperProgram.Verb, .. var rest] ? KeeperProgram.Run(rest) : Tool(args);

    /// <summary>Apart from Main, so that a keeper never loads what only the tool needs.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Tool(string[] args) => CommandLine.Run(args, Console.Out, Console.Error);
}
