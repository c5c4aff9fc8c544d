using ClusterScheduler.Core.Frameworks;

namespace ClusterScheduler.Sdk.Tests;

public sealed class SettingsTests
{
    private static readonly SchedulerSettings Good =
        new(new("fw-1"), new FrameworkInfo("batch", "nobody", ["red"]));

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "id", nameof(SchedulerSettings.FrameworkId), "1 to 255 characters" },
        { "roles", nameof(SchedulerSettings.Info), "described, with at least one role" },
        { "min", nameof(SchedulerSettings.SubscribeBackoffMin), "more than 0" },
        { "max", nameof(SchedulerSettings.SubscribeBackoffMax), "at least SubscribeBackoffMin (00:00:00.2000000)" },
        { "heartbeats", nameof(SchedulerSettings.HeartbeatsMissedMax), "1 or more" },
        { "remembered", nameof(SchedulerSettings.UpdatesRememberedMax), "1 or more" },
        { "suppressed", nameof(SchedulerSettings.SuppressedRoles), "one of the framework's roles (red)" },
    };

    [Fact]
    public void Good_settings_pass() => Good.Validate();

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Wrong_settings_are_refused_with_name_value_and_what_is_right(string which, string name, string right)
    {
        var settings = which switch
        {
            "id" => Good with { FrameworkId = new("") },
            "roles" => Good with { Info = Good.Info with { Roles = [] } },
            "min" => Good with { SubscribeBackoffMin = TimeSpan.Zero },
            "max" => Good with { SubscribeBackoffMax = TimeSpan.FromMilliseconds(1) },
            "heartbeats" => Good with { HeartbeatsMissedMax = 0 },
            "remembered" => Good with { UpdatesRememberedMax = 0 },
            _ => Good with { SuppressedRoles = ["green"] },
        };
        var refusal = Assert.Throws<ArgumentException>(settings.Validate);
        Assert.Contains($"SchedulerSettings.{name} is", refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"it must be {right}", refusal.Message, StringComparison.Ordinal);
    }
}
