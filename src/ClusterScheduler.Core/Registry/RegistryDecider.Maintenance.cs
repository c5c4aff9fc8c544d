using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Maintenance;
using Outcome = ClusterScheduler.Core.Decisions.Decision<
    ClusterScheduler.Core.Registry.RegistryEvent, ClusterScheduler.Core.Decisions.NoEffect>;

namespace ClusterScheduler.Core.Registry;

/// <content>Maintenance of machines: UP, DRAINING, DOWN (mesos-semantics.md, section 14).</content>
public static partial class RegistryDecider
{
    /// <summary>The most machines that a schedule can have.</summary>
    public const int MachinesMax = 50_000;

    private const int MachineNameMax = 255;

    private static Outcome ScheduleMaintenance(
        RegistryState state, RegistryCommand.ScheduleMaintenance schedule, DateTimeOffset now)
    {
        ImmutableArray<string> machines = [.. schedule.Windows.SelectMany(static window => window.Machines)];
        var named = machines.ToImmutableHashSet(StringComparer.Ordinal);
        var missing = state.Machines.Where(machine => machine.Value.IsDown && !named.Contains(machine.Key))
            .Select(static machine => machine.Key).FirstOrDefault();
        var refusal = schedule.Windows.Any(static window => window.Machines.IsDefaultOrEmpty)
                ? new MaintenanceRefusal(MaintenanceFault.NoMachine, "")
            : CheckNames(machines) is { } wrong ? wrong
            : schedule.Windows.FirstOrDefault(static window => window.Duration <= TimeSpan.Zero) is { } window
                ? new MaintenanceRefusal(MaintenanceFault.Duration, window.Machines[0])
            : schedule.Windows.FirstOrDefault(static window => !window.IsInRange) is { } never
                ? new MaintenanceRefusal(MaintenanceFault.Time, never.Machines[0])
            : missing is not null ? new MaintenanceRefusal(MaintenanceFault.DownMachineMissing, missing)
            : null;
        if (refusal is not null)
        {
            return Refuse(refusal);
        }

        var scheduled = new RegistryEvent.MaintenanceScheduled(schedule.Windows, now);

        // It may have been said twice: what is so already is no change, whatever it was made from.
        return Apply(state, scheduled).Machines.SequenceEqual(state.Machines)
                ? Outcome.Answered(new RegistryReply.MaintenanceIs())
            : schedule.Version is { } made && made != ScheduleVersion.Of(state.Machines)
                ? Refuse(new MaintenanceRefusal(MaintenanceFault.Changed, ""))
            : Outcome.Storing(scheduled).With(new RegistryReply.MaintenanceIs());
    }

    private static Outcome StartMaintenance(
        RegistryState state, RegistryCommand.StartMaintenance start, DateTimeOffset now)
    {
        if (CheckNamed(start.Machines) is { } wrong)
        {
            return Refuse(wrong);
        }

        if (start.Machines.FirstOrDefault(machine => !state.Machines.ContainsKey(machine)) is { } unknown)
        {
            return Refuse(new MaintenanceRefusal(MaintenanceFault.NotScheduled, unknown));
        }

        ImmutableArray<string> fresh = [.. start.Machines.Where(machine => !state.Machines[machine].IsDown)];
        if (fresh.IsEmpty)
        {
            return Outcome.Answered(new RegistryReply.MaintenanceIs());
        }

        var away = state.Agents.Where(agent => agent.Value.Standing == RegisteredStanding.Admitted
            && fresh.Contains(agent.Value.Info.Hostname, StringComparer.Ordinal));
        return new Outcome(
            [
                new RegistryEvent.MaintenanceStarted(fresh, now),
                .. away.Select(agent => new RegistryEvent.AgentMarkedUnreachable(agent.Key, now)),
            ],
            [],
            new RegistryReply.MaintenanceIs());
    }

    private static Outcome StopMaintenance(
        RegistryState state, RegistryCommand.StopMaintenance stop, DateTimeOffset now)
    {
        var refusal = CheckNamed(stop.Machines)
            ?? stop.Machines.Where(machine => state.Machines.GetValueOrDefault(machine) is not { IsDown: true })
                .Select(static machine => new MaintenanceRefusal(MaintenanceFault.NotDown, machine)).FirstOrDefault();
        return refusal is not null
            ? Refuse(refusal)
            : Outcome.Storing(new RegistryEvent.MaintenanceStopped(stop.Machines, now))
                .With(new RegistryReply.MaintenanceIs());
    }

    private static MaintenanceRefusal? CheckNamed(ImmutableArray<string> machines) => machines.IsDefaultOrEmpty
        ? new MaintenanceRefusal(MaintenanceFault.NoMachine, "")
        : CheckNames(machines);

    private static MaintenanceRefusal? CheckNames(ImmutableArray<string> machines)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var machine in machines)
        {
            if (string.IsNullOrWhiteSpace(machine) || machine.Length > MachineNameMax || machine.Any(char.IsControl))
            {
                return new MaintenanceRefusal(MaintenanceFault.MachineName, machine ?? "");
            }

            if (!named.Add(machine))
            {
                return new MaintenanceRefusal(MaintenanceFault.DoubleMachine, machine);
            }
        }

        return named.Count > MachinesMax
            ? new MaintenanceRefusal(MaintenanceFault.TooManyMachines, machines[^1])
            : null;
    }

    private static Outcome Refuse(MaintenanceRefusal refusal) =>
        Outcome.Answered(new RegistryReply.MaintenanceRefused(refusal));

    private static RegistryState Apply(RegistryState state, RegistryEvent.MaintenanceScheduled scheduled) => state with
    {
        Machines = scheduled.Windows
            .SelectMany(static window => window.Machines.Select(machine => (machine, window)))
            .ToImmutableSortedDictionary(
                static each => each.machine,
                each => new MachineMaintenance(
                    new Unavailability(each.window.Start, each.window.Duration),
                    state.Machines.GetValueOrDefault(each.machine) is { IsDown: true }),
                StringComparer.Ordinal),
    };

    private static RegistryState Apply(RegistryState state, RegistryEvent.MaintenanceStarted started) => state with
    {
        Machines = state.Machines.SetItems(started.Machines.Select(machine =>
            KeyValuePair.Create(machine, state.Machines[machine] with { IsDown = true }))),
    };
}
