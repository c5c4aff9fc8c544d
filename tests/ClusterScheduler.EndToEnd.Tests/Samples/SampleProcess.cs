using System.Diagnostics;
using ClusterScheduler.EndToEnd.Tests.Harness;

namespace ClusterScheduler.EndToEnd.Tests.Samples;

/// <summary>A sample's own process, on this machine or on a host of a virtual network.</summary>
internal sealed class SampleProcess : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _said = [];

    public SampleProcess(Workspace workspace, VirtualHost? host, string program, params string[] arguments)
    {
        string[] words = [Built(program), .. arguments];
        words = host?.Command(words) ?? words;
        _process = new Process
        {
            StartInfo = new ProcessStartInfo(words[0], words[1..])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = workspace.Directory,
            },
        };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    // Where it was built, with all that belongs to it: beside this test lies what csched has, which is a web host.
    private static string Built(string program)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(here.Parent!.Parent!.FullName, program, here.Name, program);
    }

    public int ExitCode => _process.ExitCode;

    public string Said()
    {
        lock (_said)
        {
            return string.Join('\n', _said);
        }
    }

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public bool WaitForExit()
    {
        if (!_process.WaitForExit(Csched.Patience))
        {
            return false;
        }

        _process.WaitForExit();
        return true;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private void Take(string? line)
    {
        lock (_said)
        {
            _said.Add(line ?? "");
        }
    }
}
