using Akka.Configuration;

namespace Akka.TestKit.Configs;

public static class TestConfigs
{
    public static Config DefaultConfig { get; } =
        ConfigurationFactory.FromResource("Akka.TestKit.testkit.conf", typeof(TestConfigs).Assembly);

    /// <summary>Time stands still until the test moves it on.</summary>
    public static Config TestSchedulerConfig { get; } = ConfigurationFactory
        .ParseString("akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"")
        .WithFallback(DefaultConfig);
}
