using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;

namespace Akka.TestKit.Xunit2;

/// <summary>A test class of xunit with an actor system of its own, which ends with the test.</summary>
public class TestKit : TestKitBase, IDisposable
{
    private bool _disposed;

    public TestKit(ActorSystem? system = null)
        : base(Assertions, system)
    {
    }

    public TestKit(ActorSystemSetup config, string? actorSystemName = null)
        : base(Assertions, config, actorSystemName)
    {
    }

    public TestKit(Config config, string? actorSystemName = null)
        : base(Assertions, config, actorSystemName)
    {
    }

    public TestKit(string config)
        : base(Assertions, ConfigurationFactory.ParseString(config))
    {
    }

    public static new Config DefaultConfig => TestKitBase.DefaultConfig;

    public static new Config FullDebugConfig => TestKitBase.FullDebugConfig;

    protected static XunitAssertions Assertions { get; } = new();

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs after each test; ends the actor system.</summary>
    protected virtual void AfterAll() => Shutdown();

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing || _disposed)
            return;
        _disposed = true;
        try
        {
            AfterAll();
        }
        finally
        {
            LeaveThread();
        }
    }
}
