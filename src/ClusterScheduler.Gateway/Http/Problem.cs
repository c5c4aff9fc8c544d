using System.Text.Json;

namespace ClusterScheduler.Gateway.Http;

/// <summary>An error as its reader gets it: problem details, RFC 9457.</summary>
/// <param name="Type">Names the kind of error for programs; never changes.</param>
/// <param name="Title">The kind of error for people.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">This error: what, where, what would be right.</param>
public sealed record Problem(string Type, string Title, int Status, string Detail)
{
    public const string ContentType = "application/problem+json";

    private const string TypePrefix = "urn:cluster-scheduler:problem:";

    /// <summary>Single faults, such as those of a job file, each with its place.</summary>
    public ImmutableArray<string> Errors { get; init; } = [];

    /// <summary>The last part of <see cref="Type"/>.</summary>
    public string Code() => Type.StartsWith(TypePrefix, StringComparison.Ordinal) ? Type[TypePrefix.Length..] : Type;

    public static Task Write(HttpContext context, int status, string code, string detail) =>
        Write(context, status, code, detail, []);

    public static async Task Write(
        HttpContext context, int status, string code, string detail, ImmutableArray<string> errors)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        var title = code.Replace('-', ' ');
        var problem = new Problem(TypePrefix + code, title, status, detail) { Errors = errors };
        context.Response.StatusCode = status;
        context.Response.ContentType = ContentType;
        await JsonSerializer.SerializeAsync(
            context.Response.Body, problem, GatewayJson.Default.Problem, context.RequestAborted);
    }
}
