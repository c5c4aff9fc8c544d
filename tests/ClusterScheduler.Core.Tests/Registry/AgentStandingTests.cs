using System.Text;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Registry;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Tests.Registry;

/// <summary>Every standing of an agent against every change, and the diagram that is drawn from the table.</summary>
public class AgentStandingTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Guid Process = Guid.Parse("6a1f2b1c-9f6e-4b57-8f0d-1d1f3ad1c001");
    private static readonly AgentInfo Machine = new("host", ResourceSet.Parse("cpus:4;mem:1024"), []);
    private static readonly AgentId Id = new("c-S0");

    public static TheoryData<RegisteredStanding, AgentChange> All
    {
        get
        {
            var all = new TheoryData<RegisteredStanding, AgentChange>();
            foreach (var standing in Enum.GetValues<RegisteredStanding>())
            {
                Enum.GetValues<AgentChange>().ToList().ForEach(change => all.Add(standing, change));
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_decider_does_what_the_table_says_and_nothing_else(RegisteredStanding from, AgentChange change)
    {
        var state = InStanding(from);
        var after = Standing(After(state, CommandOf(change), Now + TimeSpan.FromDays(30)));

        // Forgetting begins with who is gone: who may still come back is declared gone first.
        var made = (from, change) == (RegisteredStanding.Unreachable, AgentChange.Forget)
            ? AgentChange.DeclareGone
            : change;
        Assert.Equal(AgentTransitions.After(from, made) ?? from, after);
    }

    [Fact]
    public void The_diagram_of_agents_is_drawn_from_the_table()
    {
        var file = Path.Combine(Root(), "docs", "agent-states.md");
        var drawn = Draw();
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(file, drawn);
        }

        Assert.True(File.Exists(file) && File.ReadAllText(file) == drawn,
            "docs/agent-states.md differs from the table; UPDATE_DOCS=1 dotnet test tests/ClusterScheduler.Core.Tests");
    }

    private static RegistryCommand CommandOf(AgentChange change) => change switch
    {
        // An agent that was never admitted does not know an id.
        AgentChange.Register => new RegistryCommand.AdmitAgent(null, Machine, Process),
        AgentChange.LoseContact => new RegistryCommand.MarkUnreachable(Id),
        AgentChange.DeclareGone => new RegistryCommand.MarkGone(Id),
        _ => new RegistryCommand.Prune(TimeSpan.FromDays(14), 0, 50, []),
    };

    private static RegistryState InStanding(RegisteredStanding standing)
    {
        var office = After(RegistryState.Empty, new RegistryCommand.TakeOffice("c"), Now);
        if (standing == RegisteredStanding.Unknown)
        {
            return office;
        }

        var state = After(office, new RegistryCommand.AdmitAgent(null, Machine, Process), Now);
        state = standing switch
        {
            RegisteredStanding.Unreachable => After(state, new RegistryCommand.MarkUnreachable(Id), Now),
            RegisteredStanding.Gone => After(state, new RegistryCommand.MarkGone(Id), Now),
            _ => state,
        };
        return After(state, new RegistryCommand.NoteAnnounced([new AnnouncedAgent(Id, Now)]), Now);
    }

    private static RegisteredStanding Standing(RegistryState state) =>
        state.Agents.TryGetValue(Id, out var agent) ? agent.Standing : RegisteredStanding.Unknown;

    private static RegistryState After(RegistryState state, RegistryCommand command, DateTimeOffset now) =>
        RegistryDecider.Decide(state, command, now).Events.Aggregate(state, RegistryDecider.Apply);

    private static string Draw()
    {
        var text = new StringBuilder();
        text.Append("# Standings of an agent\n\nDrawn from `AgentTransitions.Table` by a test. Whatever is not here ")
            .Append("is refused or changes nothing. Stored by the master; ")
            .Append("whether an admitted agent is connected is not. ")
            .Append("An id that was forgotten is not given out again, and is refused.\n\n")
            .Append("```mermaid\nstateDiagram-v2\n    [*] --> Unknown\n");
        foreach (var (from, changes) in AgentTransitions.Table)
        {
            foreach (var (change, to) in changes)
            {
                text.Append($"    {from} --> {to}: {change}\n");
            }
        }

        return text.Append("```\n").ToString();
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ClusterScheduler.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("not inside the repository");
        }

        return folder.FullName;
    }
}
