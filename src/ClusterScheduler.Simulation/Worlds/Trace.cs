using System.Globalization;
using System.Text;

namespace ClusterScheduler.Simulation.Worlds;

/// <summary>
/// What happened, in order: a running hash of all of it, and the last lines as text. Two runs are the same when their
/// hashes are.
/// </summary>
internal sealed class Trace(TextWriter? full, int linesKept)
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;
    private const int PayloadShown = 400;

    private readonly Queue<(TimeSpan At, string Who, string What, ReadOnlyMemory<byte> Payload)> last = [];

    /// <summary>Over everything noted so far.</summary>
    public ulong Hash { get; private set; } = FnvOffset;

    /// <summary>How many things happened.</summary>
    public long Count { get; private set; }

    /// <summary>The last lines, oldest first.</summary>
    public IEnumerable<string> Last => last.Select(Line);

    public void Note(TimeSpan at, string who, string what, ReadOnlyMemory<byte> payload = default)
    {
        Count++;
        Mix((ulong)at.Ticks);
        foreach (var letter in who)
        {
            Mix(letter);
        }

        foreach (var letter in what)
        {
            Mix(letter);
        }

        foreach (var part in payload.Span)
        {
            Mix(part);
        }

        last.Enqueue((at, who, what, payload));
        if (last.Count > linesKept)
        {
            last.Dequeue();
        }

        full?.WriteLine(Line((at, who, what, payload)));
    }

    private static string Line((TimeSpan At, string Who, string What, ReadOnlyMemory<byte> Payload) entry)
    {
        var shown = Encoding.UTF8.GetString(entry.Payload.Span[..Math.Min(entry.Payload.Length, PayloadShown)]);
        return string.Create(CultureInfo.InvariantCulture,
            $"{entry.At.TotalSeconds,10:0.000000} {entry.Who,-9} {entry.What} {shown}");
    }

    private void Mix(ulong value) => Hash = (Hash ^ value) * FnvPrime;
}
