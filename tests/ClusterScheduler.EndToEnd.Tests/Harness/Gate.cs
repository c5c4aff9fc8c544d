namespace ClusterScheduler.EndToEnd.Tests.Harness;

/// <summary>
/// What tasks wait at until the test opens it: a lock on a file. Who waits for a lock uses no processor; fifty shells
/// that look again and again keep two busy.
/// </summary>
internal sealed class Gate(string file) : IDisposable
{
    private readonly FileStream _closed = new(file, FileMode.Create, FileAccess.ReadWrite, FileShare.None);

    /// <summary>The shell command that ends when the gate is open.</summary>
    public string Wait => $"flock -s {file} true";

    public void Open() => _closed.Dispose();

    public void Dispose() => Open();
}
