using System.CommandLine;
using System.Runtime.InteropServices;
using ClusterScheduler.Gateway;

namespace ClusterScheduler.Cli.Commands;

/// <summary>csched version</summary>
internal static class VersionCommand
{
    public static Command Build()
    {
        var output = CommonOptions.Output();
        var command = new Command("version", "Say which version this is") { output };
        command.SetAction(parsed =>
        {
            var text = parsed.InvocationConfiguration.Output;
            var version = GatewayHost.ProductVersion();
            var runtime = RuntimeInformation.FrameworkDescription;
            text.WriteLine(parsed.IsJson(output)
                ? $$"""{"product":"ClusterScheduler","version":"{{version}}","runtime":"{{runtime}}"}"""
                : $"csched {version} ({runtime})");
            return ExitCode.Done;
        });
        return command.WithExamples(("csched version", "csched 0.1.0 (.NET 10.0.12)"));
    }
}
