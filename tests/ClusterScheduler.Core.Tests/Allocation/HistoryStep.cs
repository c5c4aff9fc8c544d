namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>What a step of a random history does.</summary>
internal enum StepKind
{
    Allocate,
    Decline,
    Accept,
    Finish,
    AddAgent,
    AddFramework,
    UpdateAgent,
    SwitchAgent,
    RemoveAgent,
    UpdateFramework,
    SwitchFramework,
    RemoveFramework,
    Suppress,
    Revive,
    SetWeight,
    SetQuota,
    DeclineTwice,
}

/// <summary>One step. The numbers are taken modulo what there is to choose from, so that any list of steps can
/// run.</summary>
internal readonly record struct HistoryStep(StepKind Kind, int A, int B, int C)
{
    // How often each kind is drawn, in the order of the enum.
    private static readonly int[] Frequencies = [22, 16, 10, 8, 9, 9, 3, 2, 1, 3, 2, 1, 3, 4, 3, 5, 1];

    public static HistoryStep[] Draw(int seed)
    {
        var random = new Random(seed);
        var steps = new HistoryStep[random.Next(4, 36)];
        for (var at = 0; at < steps.Length; at++)
        {
            steps[at] = new HistoryStep(DrawKind(random), random.Next(1000), random.Next(1000), random.Next(1000));
        }

        return steps;
    }

    private static StepKind DrawKind(Random random)
    {
        var at = random.Next(Frequencies.Sum());
        var kind = 0;
        while (at >= Frequencies[kind])
        {
            at -= Frequencies[kind++];
        }

        return (StepKind)kind;
    }
}
