using ClusterScheduler.Agent.Keeper;

namespace ClusterScheduler.Agent.Execution;

/// <summary>Keeps a connection to a keeper: finds the one at work or starts one, with backoff.</summary>
internal sealed class KeeperConnector(KeeperLauncher launcher, Action<ExecutionInput> post) : IDisposable
{
    /// <summary>After so many keepers in a row that did not answer, what waits for one fails.</summary>
    private const int FailuresMax = 6;

    /// <summary>A keeper that lives answers in milliseconds, an overloaded one in seconds.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan PauseLeast = TimeSpan.FromMilliseconds(50);

    private int _failures;

    /// <summary>The connection; none while there is none.</summary>
    public KeeperLink? Link { get; private set; }

    /// <summary>The keeper has said all that it holds, and takes requests.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Keepers do not start here; a launch may try again.</summary>
    public bool HasGivenUp => _failures >= FailuresMax;

    /// <summary>Connects to the keeper that an earlier agent left, and hears what it holds.</summary>
    /// <param name="hear">Takes its reports.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task FindAsync(Action<KeeperReport> hear, CancellationToken cancellation)
    {
        if (launcher.Find() is not { } socket)
        {
            return;
        }

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(AnswerTimeout);
        var link = new KeeperLink(socket);
        var reports = link.ReadAsync().GetAsyncEnumerator(CancellationToken.None);
        await using (timeout.Token.Register(link.Dispose).ConfigureAwait(false))
        {
            link.Add(new KeeperRequest.Hello(KeeperCodec.Version));
            await link.FlushAsync().ConfigureAwait(false);
            while (await reports.MoveNextAsync().ConfigureAwait(false))
            {
                if (reports.Current is KeeperReport.AllSaid)
                {
                    Link = link;
                    IsReady = true;
                    _ = PumpAsync(link, reports);
                    return;
                }

                hear(reports.Current);
            }
        }

        cancellation.ThrowIfCancellationRequested();
        if (timeout.IsCancellationRequested)
        {
            throw new IOException($"The keeper at work does not answer within {AnswerTimeout.TotalSeconds} s.");
        }
    }

    /// <summary>Finds the keeper at work or, if there is none, starts one. What it says comes as input.</summary>
    public void Connect()
    {
        try
        {
            var link = new KeeperLink(launcher.Find() ?? launcher.Start());
            Link = link;
            link.Add(new KeeperRequest.Hello(KeeperCodec.Version));
            _ = PumpAsync(link, link.ReadAsync().GetAsyncEnumerator());
        }
        catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException)
        {
            post(new ExecutionInput.LinkEnded(null));
        }
    }

    /// <summary>The keeper has said all.</summary>
    public void Ready()
    {
        IsReady = true;
        _failures = 0;
    }

    /// <summary>The connection ended; a new one will be wanted.</summary>
    public void Lose()
    {
        _failures = IsReady ? 0 : _failures + 1;
        IsReady = false;
        Link?.Dispose();
        Link = null;
        launcher.Reap();
    }

    /// <summary>Asks for <see cref="Connect"/> after a pause that grows with the failures before.</summary>
    public void ConnectLater()
    {
        var pause = _failures == 0 ? TimeSpan.Zero : PauseLeast * (1 << Math.Min(_failures, FailuresMax));
        _ = AskLater(pause);
    }

    public void Dispose() => Link?.Dispose();

    private async Task AskLater(TimeSpan pause)
    {
        await Task.Delay(pause).ConfigureAwait(false);
        post(new ExecutionInput.Connect());
    }

    private async Task PumpAsync(KeeperLink link, IAsyncEnumerator<KeeperReport> reports)
    {
        try
        {
            while (await reports.MoveNextAsync().ConfigureAwait(false))
            {
                post(new ExecutionInput.FromKeeper(link, reports.Current));
            }
        }
        catch (Exception exception) when (exception is IOException or FormatException)
        {
            // What it says is no report: as good as gone.
            link.Dispose();
        }

        post(new ExecutionInput.LinkEnded(link));
    }
}
