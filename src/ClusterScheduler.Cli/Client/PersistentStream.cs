using System.Diagnostics;
using ClusterScheduler.Cli.Commands;

namespace ClusterScheduler.Cli.Client;

/// <summary>
/// A stream of the gateway that outlives connections: when one breaks off, or cannot be opened, the next is opened, at
/// any gateway that answers. It is given up when none has answered for a while.
/// </summary>
/// <param name="errors">Told of each interruption once.</param>
internal sealed class PersistentStream(GatewayClient client, TextWriter errors)
{
    private bool _hasBegun;

    /// <summary>The time from an interruption to the end: more than a failover takes, and the restart of a gateway.
    /// </summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Between two attempts.</summary>
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The stream has no keep-alive, so nothing is wrong with it when it is silent; who is silent because it
    /// is dead does not let itself be opened anew.</summary>
    public bool MayBeSilent { get; init; }

    /// <summary>The first connection is as little given up as later ones; else its failure is that of the command.
    /// </summary>
    public bool MayBeginLate { get; init; }

    /// <param name="path">Of the next connection: from where the last one got to.</param>
    /// <param name="read">Reads one connection; null: it ended before the end.</param>
    /// <param name="lost">What it means for the user when it is given up.</param>
    /// <exception cref="UserException">It is given up, or the gateway refuses it.</exception>
    public async Task<int> Read(
        Func<string> path,
        Func<HttpResponseMessage, Stream, Task<int?>> read,
        string lost,
        CancellationToken cancelled)
    {
        for (long? interrupted = null; ; await Task.Delay(RetryInterval, cancelled))
        {
            var (result, isAlive, trouble) = await ReadOnce(path(), read, cancelled);
            if (result is { } code)
            {
                return code;
            }

            interrupted = isAlive ? null : interrupted;
            if (trouble is null)
            {
                continue;
            }

            if (interrupted is null)
            {
                interrupted = Stopwatch.GetTimestamp();
                errors.WriteLine(CommandLine.Lines(
                    "csched: ", $"{trouble.TrimEnd('.')}; trying again for {GiveUpAfter.TotalSeconds:0} s"));
            }
            else if (Stopwatch.GetElapsedTime(interrupted.Value) >= GiveUpAfter)
            {
                throw new UserException(
                    $"no gateway has answered for {GiveUpAfter.TotalSeconds:0} s: {lost}\n{trouble}");
            }
        }
    }

    private async Task<(int? Result, bool IsAlive, string? Trouble)> ReadOnce(
        string path, Func<HttpResponseMessage, Stream, Task<int?>> read, CancellationToken cancelled)
    {
        AnswerStream? body = null;
        try
        {
            using var response = await client.Open(path, cancelled);
            _hasBegun = true;
            await using (body = await client.Body(response, cancelled))
            {
                var result = await read(response, body);
                return (result, body.HasRead, $"the connection to the gateway {client.Name} ended");
            }
        }
        catch (UserException silent) when (silent.IsSilence && MayBeSilent)
        {
            return (null, true, null);
        }
        catch (UserException wrong) when (wrong.MayPass && (_hasBegun || MayBeginLate))
        {
            return (null, body is { HasRead: true }, wrong.Message);
        }
    }
}
