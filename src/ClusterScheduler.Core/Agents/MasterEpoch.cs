namespace ClusterScheduler.Core.Agents;

/// <summary>
/// Numbers the masters of a cluster in the order in which they took office. A new master's first write is its epoch;
/// whoever has seen a later one refuses every effect of an earlier one (architecture.md, section 4; I11).
/// </summary>
/// <param name="Value">Starts at 1 and only grows; 0 means that none has been seen.</param>
public readonly record struct MasterEpoch(long Value) : IComparable<MasterEpoch>
{
    /// <summary>Before any master was seen.</summary>
    public static MasterEpoch None => default;

    /// <summary>The epoch of the next master.</summary>
    public MasterEpoch Next() => new(checked(Value + 1));

    /// <inheritdoc/>
    public int CompareTo(MasterEpoch other) => Value.CompareTo(other.Value);

    /// <summary>Older than <paramref name="right"/>.</summary>
    public static bool operator <(MasterEpoch left, MasterEpoch right) => left.Value < right.Value;

    /// <summary>Newer than <paramref name="right"/>.</summary>
    public static bool operator >(MasterEpoch left, MasterEpoch right) => left.Value > right.Value;

    /// <summary>Not newer than <paramref name="right"/>.</summary>
    public static bool operator <=(MasterEpoch left, MasterEpoch right) => left.Value <= right.Value;

    /// <summary>Not older than <paramref name="right"/>.</summary>
    public static bool operator >=(MasterEpoch left, MasterEpoch right) => left.Value >= right.Value;

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>
/// One registration of an agent with one master. An agent refuses a task of an older session that it does not hold,
/// so its report at the start of a session is the truth about what runs on it.
/// </summary>
/// <param name="Epoch">The master that opened it.</param>
/// <param name="Counter">Counts the sessions of that master, from 1.</param>
public readonly record struct AgentSession(MasterEpoch Epoch, long Counter) : IComparable<AgentSession>
{
    /// <summary>Before the first registration.</summary>
    public static AgentSession None => default;

    /// <inheritdoc/>
    public int CompareTo(AgentSession other) =>
        Epoch == other.Epoch ? Counter.CompareTo(other.Counter) : Epoch.CompareTo(other.Epoch);

    /// <summary>Opened before <paramref name="right"/>.</summary>
    public static bool operator <(AgentSession left, AgentSession right) => left.CompareTo(right) < 0;

    /// <summary>Opened after <paramref name="right"/>.</summary>
    public static bool operator >(AgentSession left, AgentSession right) => left.CompareTo(right) > 0;

    /// <summary>Not opened after <paramref name="right"/>.</summary>
    public static bool operator <=(AgentSession left, AgentSession right) => left.CompareTo(right) <= 0;

    /// <summary>Not opened before <paramref name="right"/>.</summary>
    public static bool operator >=(AgentSession left, AgentSession right) => left.CompareTo(right) >= 0;

    /// <summary>Epoch and counter, as in 3.17.</summary>
    public override string ToString() => FormattableString.Invariant($"{Epoch.Value}.{Counter}");
}
