namespace ClusterScheduler.Cli.Output;

/// <summary>What csched writes to: a terminal, or something that reads on.</summary>
internal static class Screen
{
    public static bool IsTerminal => !Console.IsOutputRedirected
        && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    /// <summary>Colours only in a terminal, and only where NO_COLOR is not set (no-color.org).</summary>
    public static bool HasColor =>
        IsTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <summary>0 in a pipe: there is no width.</summary>
    public static int Columns
    {
        get
        {
            if (!IsTerminal)
            {
                return 0;
            }

            try
            {
                return Console.WindowWidth;
            }
            catch (IOException)
            {
                return 80;
            }
        }
    }
}
