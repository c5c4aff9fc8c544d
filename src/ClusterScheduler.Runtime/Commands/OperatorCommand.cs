using System.Collections.Immutable;

namespace ClusterScheduler.Runtime.Commands;

/// <summary>
/// One command of an operator, declared once: csched, the HTTP gateway and pbm show its name, its help and its
/// arguments as they stand here, and run the same handler on a node.
/// </summary>
/// <param name="Group">What it is about, such as <c>cluster</c>.</param>
/// <param name="Name">What it does, unique in its group, such as <c>members</c>.</param>
/// <param name="Help">One line, without a full stop.</param>
/// <param name="Run">Asks the actors that know, and says what they answered. Fails only with an
/// <see cref="AskTimeoutException"/>, when one of them does not answer in time.</param>
public sealed record OperatorCommand(
    string Group, string Name, string Help, Func<CommandCall, Task<CommandAnswer>> Run)
{
    /// <summary>In the order in which they are written; those that may be left out come last.</summary>
    public ImmutableArray<CommandArgument> Arguments { get; init; } = [];

    /// <summary>It changes something; else it only looks, and may be repeated freely.</summary>
    public bool Changes { get; init; }

    /// <summary>What follows <c>csched</c>, and what it is good for.</summary>
    public ImmutableArray<CommandExample> Examples { get; init; } = [];

    /// <summary>As it is written: <c>cluster members</c>.</summary>
    public string Path => $"{Group} {Name}";
}

/// <summary>One argument of a command.</summary>
/// <param name="Name">In lower case, such as <c>address</c>.</param>
/// <param name="Help">What to write, without a full stop.</param>
/// <param name="IsOptional">May be left out; such an argument is written with its name.</param>
public sealed record CommandArgument(string Name, string Help, bool IsOptional = false)
{
    /// <summary>The value that says that a switch is on.</summary>
    public const string On = "true";

    /// <summary>It is either there or not; its value is then <see cref="On"/>.</summary>
    public bool IsSwitch { get; init; }
}

/// <summary>How a command is used.</summary>
/// <param name="Line">The whole line.</param>
/// <param name="Says">What it does.</param>
public sealed record CommandExample(string Line, string Says);
