namespace ClusterScheduler.Agent.Keeper;

/// <summary>What a keeper is told when it is started.</summary>
/// <param name="Directory">The keeper's directory inside its agent's.</param>
/// <param name="Listener">Descriptor of the socket that it listens on, handed down by the agent.</param>
/// <param name="DiesWithAgent">When the agent's connection ends, kill all tasks and end.</param>
/// <param name="Linger">With nothing to keep and no agent, end after so long.</param>
internal sealed record KeeperOptions(string Directory, int Listener, bool DiesWithAgent, TimeSpan Linger)
{
    public const string DiesWithAgentFlag = "--die-with-agent";

    /// <summary>The descriptor that the agent hands down.</summary>
    public const int InheritedListener = 3;

    /// <summary>The reverse of <see cref="ToArguments"/>; null if these are not such.</summary>
    public static KeeperOptions? Parse(ReadOnlySpan<string> arguments) =>
        arguments.Length is 2 or 3
            && int.TryParse(arguments[1], System.Globalization.CultureInfo.InvariantCulture, out var seconds)
            && (arguments.Length == 2 || arguments[2] == DiesWithAgentFlag)
            ? new KeeperOptions(arguments[0], InheritedListener, arguments.Length == 3, TimeSpan.FromSeconds(seconds))
            : null;

    /// <summary>What <see cref="Parse"/> reads.</summary>
    public IEnumerable<string> ToArguments()
    {
        yield return Directory;
        yield return ((int)Linger.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (DiesWithAgent)
        {
            yield return DiesWithAgentFlag;
        }
    }
}
