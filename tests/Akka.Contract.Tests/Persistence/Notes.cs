using System.Threading.Channels;

namespace Akka.Contract.Tests.Persistence;

/// <summary>What actors wrote down, in order; tests wait for it.</summary>
internal sealed class Notes
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly Channel<string> _notes = Channel.CreateUnbounded<string>();

    public void Add(string note) => _notes.Writer.TryWrite(note);

    /// <summary>The next notes are exactly these.</summary>
    public async Task Expect(params string[] expected)
    {
        var seen = new List<string>();
        using var patience = new CancellationTokenSource(Deadline);
        foreach (var next in expected)
        {
            try
            {
                seen.Add(await _notes.Reader.ReadAsync(patience.Token));
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"Waited for '{next}'; seen before: {string.Join(", ", seen)}");
            }
        }

        Assert.Equal(expected, seen);
    }

    /// <summary>Reads up to the given note; the notes before it.</summary>
    public async Task<List<string>> Until(string last)
    {
        var seen = new List<string>();
        using var patience = new CancellationTokenSource(Deadline);
        while (true)
        {
            var next = await _notes.Reader.ReadAsync(patience.Token);
            if (next == last)
            {
                return seen;
            }

            seen.Add(next);
        }
    }
}
