using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ClusterScheduler.Gateway.Http;

/// <summary>What routes read from requests and write to responses.</summary>
internal static class Requests
{
    /// <summary>A part of the path, with %2F and the like undone.</summary>
    public static string PathValue(this HttpContext context, string name) =>
        context.Request.RouteValues[name] as string ?? "";

    public static long QueryNumber(this HttpContext context, string name, long missing, long min, long max)
    {
        var text = context.Request.Query[name].ToString();
        if (text.Length == 0)
        {
            return missing;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max
            ? number
            : throw new ProblemException(400, "bad-parameter",
                $"'{name}' is '{text}'; it must be a whole number from {min} to {max}");
    }

    public static bool QuerySwitch(this HttpContext context, string name) =>
        context.Request.Query[name].ToString() switch
        {
            "" or "false" or "0" => false,
            "true" or "1" => true,
            var text => throw new ProblemException(400, "bad-parameter", $"'{name}' is '{text}'; write true or false"),
        };

    /// <summary>A duration in milliseconds; none when it is not given.</summary>
    public static TimeSpan? QueryMilliseconds(this HttpContext context, string name, long max) =>
        context.QueryNumber(name, -1, 0, max) is >= 0 and var given ? TimeSpan.FromMilliseconds(given) : null;

    public static Task Json<T>(this HttpContext context, T value, JsonTypeInfo<T> type, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return JsonSerializer.SerializeAsync(context.Response.Body, value, type, context.RequestAborted);
    }
}
