namespace ClusterScheduler.Gateway.Http;

/// <summary>The query parameters of a route. Any other is refused: what is misspelt must not go unheard.</summary>
/// <param name="Names">Their names; null: it looks at them itself.</param>
internal sealed record KnownQuery(ImmutableArray<string>? Names)
{
    private static readonly KnownQuery None = new(ImmutableArray<string>.Empty);

    /// <exception cref="ProblemException">The request has one that its route does not know.</exception>
    public static void Check(HttpContext context)
    {
        var known = context.GetEndpoint()?.Metadata.GetMetadata<KnownQuery>() ?? None;
        if (known.Names is { } names && context.Request.Query.Keys.FirstOrDefault(
            key => !names.Contains(key, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            var right = names.IsEmpty ? "it takes none" : $"it takes {string.Join(", ", names)}";
            throw new ProblemException(400, "bad-parameter",
                $"{context.Request.Method} {context.Request.Path} has no parameter '{unknown}'; {right}");
        }
    }
}

/// <summary>How routes name their query parameters; one that names none has none.</summary>
internal static class KnownQueryExtensions
{
    public static void Takes(this IEndpointConventionBuilder route, params ImmutableArray<string> names) =>
        route.WithMetadata(new KnownQuery(names));

    /// <summary>The route itself refuses what it does not know.</summary>
    public static void TakesAny(this IEndpointConventionBuilder route) => route.WithMetadata(new KnownQuery(null));
}
