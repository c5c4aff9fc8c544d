namespace ClusterScheduler.Core.Placement;

/// <summary>Why a task cannot go to an agent (Aurora: Veto), with the facts.</summary>
/// <param name="Kind">Which rule.</param>
/// <param name="Subject">The resource or attribute that it is about.</param>
/// <param name="IsStatic">This agent can never run the task; otherwise it may when others have ended.</param>
/// <param name="Score">How far the agent is from fitting: the least sum is the nearest fit.</param>
/// <param name="Needed">What the task wants, as text: an amount or a constraint.</param>
/// <param name="Found">What the agent has, as text.</param>
public sealed record Veto(VetoKind Kind, string Subject, bool IsStatic, int Score, string Needed, string Found)
{
    /// <summary>An agent that is to go away (Aurora: 10^5).</summary>
    public const int MaintenanceScore = 100_000;

    /// <summary>A constraint that does not hold (Aurora: 10^4).</summary>
    public const int ConstraintScore = 10_000;

    /// <summary>A resource of which all is missing (Aurora: up to 10^3, scaled by the shortage).</summary>
    public const int ResourceScoreMax = 1_000;

    /// <summary>One sentence for people.</summary>
    public override string ToString() => Kind switch
    {
        VetoKind.InsufficientResource =>
            $"needs {Needed} {Subject}, {(IsStatic ? "has at most" : "free are")} {Found}",
        VetoKind.ConstraintMismatch => $"constraint {Subject}: {Needed} is not met, the agent has {Found}",
        VetoKind.LimitReached => $"constraint {Subject}: {Needed} is reached, there are {Found}",
        VetoKind.PerAgentReached => $"at most {Needed} of these tasks on one agent, there are {Found}",
        VetoKind.Maintenance => $"maintenance begins at {Found}, and nothing is started so near to it",
        _ => throw new ArgumentOutOfRangeException(nameof(Kind), Kind, "not a kind of veto"),
    };
}

/// <summary>The rules that can veto.</summary>
public enum VetoKind
{
    /// <summary>A value constraint does not hold.</summary>
    ConstraintMismatch,

    /// <summary>A limit constraint is used up, or its attribute does not exist.</summary>
    LimitReached,

    /// <summary>The placement's own limit per agent is used up.</summary>
    PerAgentReached,

    /// <summary>Too little of a resource.</summary>
    InsufficientResource,

    /// <summary>The agent's maintenance is near, or goes on.</summary>
    Maintenance,
}
