using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Offers;

/// <summary>What the master holds for one framework: open offers, tasks, answers not yet confirmed.</summary>
public sealed class FrameworkLedger
{
    private readonly SortedDictionary<long, AcceptAnswer> answers = [];

    /// <summary>Its open offers.</summary>
    public SortedSet<OfferId> Offers { get; } = [];

    /// <summary>Its tasks and where they are.</summary>
    public HashSet<(AgentId Agent, TaskId Task)> Tasks { get; } = [];

    /// <summary>All answers up to this one are stored by the framework.</summary>
    public long ConfirmedUpTo { get; private set; }

    /// <summary>The answer given before to this accept; none when it is new.</summary>
    public AcceptAnswer? AnswerTo(long acceptId) => answers.GetValueOrDefault(acceptId);

    internal void Keep(AcceptAnswer answer) => answers[answer.AcceptId] = answer;

    /// <summary>Forgets answers that the framework has stored.</summary>
    public void Confirm(long upTo)
    {
        ConfirmedUpTo = Math.Max(ConfirmedUpTo, upTo);
        while (answers.Count > 0 && answers.Keys.First() <= ConfirmedUpTo)
        {
            answers.Remove(answers.Keys.First());
        }
    }
}
