using ClusterScheduler.Cli.Commands;

namespace ClusterScheduler.Cli.Client;

/// <summary>
/// The body of a gateway's answer. A connection that ends in the middle, and one on which nothing comes any more
/// because the machine is gone or frozen, are said in words for the user.
/// </summary>
internal sealed class AnswerStream(Stream body, TimeSpan silenceMax, string gateway) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Anything came.</summary>
    public bool HasRead { get; private set; }

    /// <exception cref="UserException">It ended in the middle, or is silent.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        silence.CancelAfter(silenceMax);
        try
        {
            var count = await body.ReadAsync(buffer, silence.Token);
            HasRead |= count > 0;
            return count;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UserException(
                $"the gateway {gateway} said nothing for {silenceMax.TotalSeconds:0} s in the middle of its answer")
            {
                MayPass = true,
                IsSilence = true,
            };
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException)
        {
            throw new UserException($"the connection to the gateway {gateway} ended in the middle of its answer")
            {
                MayPass = true,
            };
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            body.Dispose();
        }

        base.Dispose(disposing);
    }
}
