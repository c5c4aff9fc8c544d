using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ClusterScheduler.Gateway.Roles;

/// <summary>What the routes of roles read from requests.</summary>
internal static class RoleRequests
{
    /// <summary>The rest of the path as a role: its slashes may be plain or written %2F.</summary>
    public static string RolePath(this HttpContext context) =>
        context.PathValue("role").Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>A typed reason as the code of a problem: GuaranteeAboveLimit is quota-guarantee-above-limit.</summary>
    public static string Code(string about, Enum fault) => about + string.Concat(fault.ToString().Select(
        static letter => char.IsUpper(letter) ? "-" + char.ToLowerInvariant(letter) : letter.ToString()));

    /// <summary>The body as JSON of one form; anything else is refused with the place of the fault.</summary>
    public static async Task<T> Body<T>(this HttpContext context, JsonTypeInfo<T> type)
    {
        if (context.Request.ContentType?.Split(';')[0].Trim() is not "application/json")
        {
            throw new ProblemException(415, "not-json", "send JSON, with Content-Type application/json");
        }

        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted)
                ?? throw new ProblemException(400, "bad-body", "the body is null; an object is needed");
        }
        catch (JsonException wrong)
        {
            throw new ProblemException(
                400, "bad-body", $"the body is not as it should be: {JsonFaults.Explain(wrong, type)}");
        }
    }
}
