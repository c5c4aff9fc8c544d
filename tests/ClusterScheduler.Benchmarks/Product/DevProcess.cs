using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace ClusterScheduler.Benchmarks.Product;

/// <summary>A running <c>csched dev</c> on a directory of its own, asked over HTTP as any user would.</summary>
internal sealed class DevProcess : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("csched-bench-");
    private readonly Process _process;
    private readonly HttpClient _client;

    internal DevProcess(int agents)
    {
        var watch = Stopwatch.StartNew();
        _process = Process.Start(new ProcessStartInfo(
            Program(), ["dev", "--data", Data, "--port", "0", "--agents", $"{agents}"])
        {
            RedirectStandardOutput = true,
        })!;
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith("ready", StringComparison.Ordinal))
            {
                break;
            }
        }

        ReadyAfter = watch.Elapsed;
        _client = new HttpClient { BaseAddress = new Uri(File.ReadAllText(Path.Combine(Data, "endpoint")).Trim()) };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", File.ReadAllText(Path.Combine(Data, "token")).Trim());
    }

    /// <summary>From the start of the process to its word that it is ready.</summary>
    internal TimeSpan ReadyAfter { get; }

    private string Data => Path.Combine(_home.FullName, "data");

    internal static string Program() => Path.Combine(AppContext.BaseDirectory, "csched");

    /// <summary>Submits a job of so many <c>true</c> and waits until all are known to have finished.</summary>
    internal TimeSpan RunTrue(string name, int instances)
    {
        var file = $$$"""
            {"jobs":[{"name":"{{{name}}}","instances":{{{instances}}},
              "task":{"command":"true","resources":{"cpus":0.01,"mem":"1MiB","disk":"1MiB"}} }]}
            """;
        using var content = new StringContent(file, Encoding.UTF8, "application/json");
        var watch = Stopwatch.StartNew();
        using var submitted = _client.PostAsync("/v1/jobs", content).GetAwaiter().GetResult();
        var answer = submitted.Content.ReadAsStringAsync().GetAwaiter().GetResult();
        if (!submitted.IsSuccessStatusCode)
        {
            throw new InvalidOperationException(answer);
        }

        using var json = JsonDocument.Parse(answer);
        WaitFor(json.RootElement.GetProperty("submission").GetInt64(), instances);
        return watch.Elapsed;
    }

    public void Dispose()
    {
        _client.Dispose();
        using var interrupt = Process.Start("/bin/kill", ["-INT", $"{_process.Id}"]);
        interrupt.WaitForExit();
        _process.WaitForExit();
        _process.Dispose();
        _home.Delete(recursive: true);
    }

    /// <summary>Reads the server-sent events of the job until it has ended.</summary>
    private void WaitFor(long submission, int instances)
    {
        using var response = _client.GetAsync(
            $"/v1/jobs/watch?submission={submission}", HttpCompletionOption.ResponseHeadersRead)
            .GetAwaiter().GetResult();
        using var reader = new StreamReader(response.Content.ReadAsStream());
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidOperationException(reader.ReadToEnd());
        }

        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith("data: ", StringComparison.Ordinal))
            {
                continue;
            }

            using var change = JsonDocument.Parse(line["data: ".Length..]);
            foreach (var job in change.RootElement.GetProperty("jobs").EnumerateArray())
            {
                if (job.GetProperty("finished").GetInt32() == instances)
                {
                    return;
                }

                if (job.GetProperty("failed").GetInt32() > 0)
                {
                    throw new InvalidOperationException($"tasks failed: {job}");
                }
            }
        }

        throw new InvalidOperationException($"the watch of submission {submission} ended before the job did");
    }
}
