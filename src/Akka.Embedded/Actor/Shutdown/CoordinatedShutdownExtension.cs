using Akka.Configuration;

namespace Akka.Actor;

public sealed class CoordinatedShutdownExtension : ExtensionIdProvider<CoordinatedShutdown>
{
    public override CoordinatedShutdown CreateExtension(ExtendedActorSystem system)
    {
        var impl = (ActorSystemImpl)system;
        var shutdown = new CoordinatedShutdown(impl);
        var config = system.Settings.Config.GetConfig("akka.coordinated-shutdown");
        var exits = config.GetBoolean("exit-clr");
        if (system.Settings.CoordinatedShutdownTerminateActorSystem)
            EndSystemInLastPhase(impl, shutdown, exits);
        else if (system.Settings.CoordinatedShutdownRunByActorSystemTerminate)
            throw new ConfigurationException(
                "With akka.coordinated-shutdown.terminate-actor-system = off, run-by-actor-system-terminate must be "
                + "off too: Terminate would never end the system.");
        else if (exits)
            shutdown.AddTask(CoordinatedShutdown.PhaseActorSystemTerminate, "exit-process", Exit);
        if (config.GetBoolean("run-by-clr-shutdown-hook"))
            RunWhenTheProcessIsToldToEnd(impl, shutdown);
        return shutdown;
    }

    private static void EndSystemInLastPhase(ActorSystemImpl system, CoordinatedShutdown shutdown, bool exits) =>
        shutdown.AddTask(CoordinatedShutdown.PhaseActorSystemTerminate, "terminate-system", async () =>
        {
            await system.FinalTerminate();
            return exits ? await Exit() : Done.Instance;
        });

    private static Task<Done> Exit()
    {
        ThreadPool.QueueUserWorkItem(static _ => Environment.Exit(0));
        return Task.FromResult(Done.Instance);
    }

    private static void RunWhenTheProcessIsToldToEnd(ActorSystemImpl system, CoordinatedShutdown shutdown)
    {
        void OnExit(object? sender, EventArgs e) =>
            shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance).Wait(shutdown.TotalTimeout);

        AppDomain.CurrentDomain.ProcessExit += OnExit;
        system.RegisterOnTermination(() => AppDomain.CurrentDomain.ProcessExit -= OnExit);
    }
}
