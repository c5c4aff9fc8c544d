using ClusterScheduler.Cli.Client;

namespace ClusterScheduler.Cli.Tests.Client;

/// <summary>A reader of streams that is patient for moments only.</summary>
internal static class StreamClient
{
    public static PersistentStream Of(TextWriter errors, TimeSpan giveUpAfter, bool isLog, params Uri[] gateways)
    {
        var place = new GatewayPlace(gateways, "token", "a file", null, []);
        var transport = new GatewayTransport(place, _ => { }) { SilenceMax = TimeSpan.FromMilliseconds(300) };
        return new PersistentStream(new GatewayClient(place, transport), errors)
        {
            GiveUpAfter = giveUpAfter,
            RetryInterval = TimeSpan.FromMilliseconds(10),
            MayBeSilent = isLog,
            MayBeginLate = !isLog,
        };
    }
}
