using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using ClusterScheduler.Benchmarks.Product;

namespace ClusterScheduler.Benchmarks.Cluster;

/// <summary>A running <c>csched node</c>, asked over HTTP.</summary>
internal sealed class BenchmarkNode : IDisposable
{
    private readonly Process _process;
    private static readonly TimeSpan QuietLook = TimeSpan.FromMilliseconds(500);

    private readonly HttpClient _client;
    private (long At, TimeSpan Used) _look;
    private bool _isQuiet;

    /// <summary>Starts it; it has joined and its agent is registered when this returns.</summary>
    internal BenchmarkNode(string data, string[] options)
    {
        _process = Process.Start(new ProcessStartInfo(
            DevProcess.Program(), ["node", "--data", data, "--port", "0", .. options])
        {
            RedirectStandardOutput = true,
        })!;
        var said = new StringBuilder();
        using var there = new ManualResetEventSlim();
        _process.OutputDataReceived += (_, line) =>
        {
            lock (said)
            {
                said.AppendLine(line.Data);
            }

            if (line.Data is null || line.Data.Contains("agent registered", StringComparison.Ordinal))
            {
                there.Set();
            }
        };
        _process.BeginOutputReadLine();
        if (!there.Wait(TimeSpan.FromMinutes(1)) || _process.HasExited)
        {
            lock (said)
            {
                throw new InvalidOperationException($"a node did not start: {said}");
            }
        }

        _client = new HttpClient { BaseAddress = new Uri(File.ReadAllText(Path.Combine(data, "endpoint")).Trim()) };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", File.ReadAllText(Path.Combine(data, "token")).Trim());
    }

    /// <summary>Submits a job of so many tasks; false: it was refused, or nobody answered.</summary>
    internal async Task<bool> Submit(string name, int tasks, string command)
    {
        var file = $$$"""
            {"jobs":[{"name":"{{{name}}}","instances":{{{tasks}}},
              "task":{"command":"{{{command}}}","resources":{"cpus":0.01,"mem":"1MiB","disk":"1MiB"}} }]}
            """;
        using var content = new StringContent(file, Encoding.UTF8, "application/json");
        try
        {
            using var answer = await _client.PostAsync("/v1/jobs", content).ConfigureAwait(false);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception unanswered) when (unanswered is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>It used less than a tenth of one processor for a while.</summary>
    internal bool IsQuiet()
    {
        var (now, before) = (Stopwatch.GetTimestamp(), _look);
        if (Stopwatch.GetElapsedTime(before.At, now) >= QuietLook)
        {
            _process.Refresh();
            _look = (now, _process.TotalProcessorTime);
            _isQuiet = before.At > 0
                && (_look.Used - before.Used) * 10 < Stopwatch.GetElapsedTime(before.At, now);
        }

        return _isQuiet;
    }

    /// <summary>kill -9.</summary>
    internal void Kill() => _process.Kill();

    /// <summary>SIGTERM: it leaves the cluster.</summary>
    internal void Terminate()
    {
        using var signal = Process.Start("/bin/kill", ["-TERM", $"{_process.Id}"]);
        signal.WaitForExit();
    }

    internal void WaitForExit() => _process.WaitForExit();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _client.Dispose();
        _process.Dispose();
    }
}
