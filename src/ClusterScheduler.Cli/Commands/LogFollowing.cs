using System.Globalization;
using ClusterScheduler.Cli.Client;

namespace ClusterScheduler.Cli.Commands;

/// <summary>
/// Prints what a task writes until it ends. The answer is the bytes of the log alone, with no room for a keep-alive:
/// after a silence it is asked for anew from where it got to, which a gateway that is alive answers at once.
/// </summary>
internal sealed class LogFollowing(PersistentStream stream, string path, Stream output)
{
    private long _offset;

    public static PersistentStream Stream(ClientCall call) =>
        new(call.Client, call.Parsed.InvocationConfiguration.Error) { MayBeSilent = true };

    public static long Number(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out var values) && long.TryParse(values.First(), out var number)
            ? number
            : 0;

    /// <returns>The exit code.</returns>
    public Task<int> Run(CancellationToken cancelled) => stream.Read(
        () => string.Create(CultureInfo.InvariantCulture, $"{path}&follow=true&offset={_offset}"),
        (response, body) => Copy(response, body, cancelled),
        "the task goes on, and 'csched task logs' shows what it writes",
        cancelled);

    private async Task<int?> Copy(HttpResponseMessage response, Stream body, CancellationToken cancelled)
    {
        _offset = Number(response, "Log-Offset");
        var buffer = new byte[64 * 1024];
        while (await body.ReadAsync(buffer, cancelled) is > 0 and var count)
        {
            await output.WriteAsync(buffer.AsMemory(0, count), cancelled);
            await output.FlushAsync(cancelled);
            _offset += count;
        }

        return ExitCode.Done;
    }
}
