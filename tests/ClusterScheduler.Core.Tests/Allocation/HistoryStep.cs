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
    Commit,
    ConvertFree,
    ConvertOffered,
    UpdateRevocable,
    Maintain,
    AskToLeave,
    AnswerInverse,
    AwaitAgents,
    Recall,
    PauseAgent,
    ReturnAgent,
}

/// <summary>One step. The numbers are taken modulo what there is to choose from, so that any list of steps can
/// run.</summary>
internal readonly record struct HistoryStep(StepKind Kind, int A, int B, int C)
{
    // How often each kind is drawn, in the order of the enum.
    private static readonly int[] Frequencies = 
        [22, 16, 10, 8, 9, 9, 6, 2, 1, 5, 2, 1, 3, 4, 3, 5, 1, 5, 3, 4, 3, 2, 3, 2, 1, 2, 3, 6];

    public static HistoryStep[] Draw(int seed)
    {
        var random = new Random(seed);
        var steps = new List<HistoryStep>();
        for (var id = 0; id < 5; id++)
        {
            DrawSetUp(random, steps, StepKind.AddFramework, id, chance: 8);
            DrawSetUp(random, steps, StepKind.AddAgent, id, chance: 6);
            DrawSetUp(random, steps, StepKind.SetQuota, random.Next(1000), chance: 3);
            DrawSetUp(random, steps, StepKind.SetWeight, random.Next(1000), chance: 2);
        }

        for (var count = random.Next(2, 24); count > 0; count--)
        {
            steps.Add(Draw(random, DrawKind(random), random.Next(1000)));
        }

        return [.. steps];
    }

    private static void DrawSetUp(Random random, List<HistoryStep> steps, StepKind kind, int a, int chance)
    {
        if (random.Next(10) < chance)
        {
            steps.Add(Draw(random, kind, a));
        }
    }

    private static HistoryStep Draw(Random random, StepKind kind, int a) =>
        new(kind, a, random.Next(1000), random.Next(1000));

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
