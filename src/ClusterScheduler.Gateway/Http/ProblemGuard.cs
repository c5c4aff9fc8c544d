using System.Globalization;
using Akka.Event;

namespace ClusterScheduler.Gateway.Http;

/// <summary>Turns what went wrong behind a route into a problem; what nobody foresaw is logged and not shown.</summary>
internal sealed class ProblemGuard(ILoggingAdapter log)
{
    public async Task Catch(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Abort();
        }
        catch (ProblemException wrong)
        {
            if (wrong.RetryAfter is { } seconds && !context.Response.HasStarted)
            {
                context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            }

            await Problem.Write(context, wrong.Status, wrong.Code, wrong.Message, wrong.Errors);
        }
        catch (AskTimeoutException)
        {
            await Problem.Write(context, 504, "control-plane-silent",
                "the control plane did not answer in time; it may be starting or recovering: try again");
        }
        catch (BadHttpRequestException wrong)
        {
            await Problem.Write(context, wrong.StatusCode, "bad-request", wrong.Message);
        }
        catch (Exception wrong)
        {
            log.Error(wrong, "{0} {1} failed", context.Request.Method, context.Request.Path);
            await Problem.Write(context, 500, "internal-error", "the request failed; the log of this node says why");
        }
    }
}
