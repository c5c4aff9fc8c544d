using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Frameworks;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>What frameworks were asked about leaving agents: it counts once, and ends with either side.</summary>
public sealed class InverseQuestionsTests
{
    private static readonly DateTimeOffset Later = DateTimeOffset.UnixEpoch.AddMinutes(1);
    private static readonly AgentId[] Agents = [new("a"), new("b")];
    private static readonly FrameworkId[] Frameworks = [new("f"), new("g")];

    private readonly InverseQuestions questions = new();

    public InverseQuestionsTests()
    {
        foreach (var agent in Agents)
        {
            questions.Set(agent, Frameworks[0], null);
            questions.Set(agent, Frameworks[1], null);
            questions.Set(agent, Frameworks[1], Later);
        }
    }

    [Fact]
    public void An_answer_takes_the_place_of_its_question()
    {
        Assert.Equal(4, questions.Count);
        Assert.Equal(Agents.Select(agent => ((agent, Frameworks[1]), Later)), questions.Answered());
        Assert.True(questions.TryFind(Agents[0], Frameworks[0], out var until));
        Assert.Null(until);
        Assert.False(questions.TryFind(new AgentId("c"), Frameworks[0], out _));
    }

    [Fact]
    public void A_change_of_an_agent_or_a_framework_ends_what_was_asked_about_it()
    {
        questions.Forget(Agents[0]);
        questions.Forget(Agents[0]);
        Assert.Equal(2, questions.Count);
        questions.Forget(Frameworks[0]);
        Assert.Equal(1, questions.Count);
        questions.Forget(Frameworks[1]);
        Assert.Equal(0, questions.Count);
        Assert.Empty(questions.ForgetAnswered(Frameworks[1]));
    }

    [Fact]
    public void Answers_can_be_forgotten_and_open_questions_left()
    {
        Assert.Empty(questions.ForgetAnswered(Frameworks[0]));
        Assert.Equal(Agents, questions.ForgetAnswered(Frameworks[1]));
        Assert.Equal(2, questions.Count);
        Assert.Empty(questions.Answered());
    }
}
