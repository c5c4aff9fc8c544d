using System.Collections.Immutable;
using ClusterScheduler.Runtime.Entities;

namespace ClusterScheduler.Runtime.Commands;

/// <summary>One call of a command on a node.</summary>
/// <param name="System">The node's actor system.</param>
/// <param name="Arguments">By name, as they were written; checked by <see cref="CommandCatalogue"/>.</param>
/// <param name="Timeout">How long each of those who are asked may take.</param>
/// <param name="Cancelled">Whoever called has gone.</param>
public sealed record CommandCall(
    ActorSystem System,
    ImmutableDictionary<string, string> Arguments,
    TimeSpan Timeout,
    CancellationToken Cancelled)
{
    /// <summary>Where the parts of the cluster are.</summary>
    public ClusterRefs Refs => ClusterRefs.Of(System);

    /// <summary>An argument; empty when it was left out.</summary>
    public string this[CommandArgument argument] => Arguments.GetValueOrDefault(argument.Name, "");

    /// <summary>Whether a switch was given.</summary>
    public bool Has(CommandArgument argument) => this[argument] == CommandArgument.On;

    /// <summary>One question, one answer.</summary>
    public Task<object> Ask(IActorRef whom, object question) => whom.Ask<object>(question, Timeout, Cancelled);

    /// <inheritdoc cref="Ask(IActorRef, object)"/>
    public async Task<T> Ask<T>(IActorRef whom, object question) => await Ask(whom, question) is T answer
        ? answer
        : throw new InvalidOperationException($"{question} was not answered with {typeof(T).Name}");
}
