using System.Text;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Tests.Tasks;

/// <summary>The diagram in docs/ is drawn from the table that decides; it cannot say anything else.</summary>
public class TaskDiagramTests
{
    [Fact]
    public void The_diagram_of_task_states_is_drawn_from_the_table()
    {
        var file = Path.Combine(Root(), "docs", "task-states.md");
        var drawn = Draw();
        if (Environment.GetEnvironmentVariable("UPDATE_DOCS") == "1")
        {
            File.WriteAllText(file, drawn);
        }

        Assert.True(File.Exists(file) && File.ReadAllText(file) == drawn,
            "docs/task-states.md differs from the table; UPDATE_DOCS=1 dotnet test tests/ClusterScheduler.Core.Tests");
    }

    private static string Draw()
    {
        var text = new StringBuilder();
        text.Append("# States of a task\n\nDrawn from `TaskTransitions.Table` by a test. Whatever is not here ")
            .Append("is acknowledged to the agent and changes nothing.\n\n");
        text.Append("```mermaid\nstateDiagram-v2\n    [*] --> TASK_STAGING\n");
        foreach (var (from, states) in TaskTransitions.Table)
        {
            foreach (var to in states)
            {
                text.Append("    ").Append(from.WireName()).Append(" --> ").Append(to.WireName()).Append('\n');
            }

            if (from.IsTerminal())
            {
                text.Append("    ").Append(from.WireName()).Append(" --> [*]\n");
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
