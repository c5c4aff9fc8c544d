using System.Collections.Immutable;

namespace ClusterScheduler.Framework.Tasks;

/// <summary>What the task hears of its agent: lost, gone, back, or where the master has it.</summary>
public sealed partial class TaskActor
{
    private void AgentNews()
    {
        Command<TaskProtocol.AgentLost>(lost =>
        {
            var asker = refs.Frameworks;
            var news = new AgentNews(lost.AgentId, lost.Gone ? AgentTurn.Gone : AgentTurn.Lost, lost.Session);
            Lose(news, () => asker.Tell(new FrameworkProtocol.AgentNewsNoted(frameworkId, taskId, news)));
        });
        Command<TaskProtocol.AgentReturned>(returned =>
        {
            refs.Frameworks.Tell(new FrameworkProtocol.AgentNewsNoted(frameworkId, taskId,
                new AgentNews(returned.AgentId, AgentTurn.Returned, returned.Session)));
            BeSeen(returned.AgentId, returned.Session, returned.Agent);
        });
        Command<MasterProtocol.AgentLocated>(Located);
    }

    /// <summary>Of an agent that was seen since, or that is not the task's, it changes nothing.</summary>
    private void Lose(AgentNews news, Action? noted = null)
    {
        if (news.Turn == AgentTurn.Lost && delivery.Outdates(news.Session))
        {
            noted?.Invoke();
            Drive();
            return;
        }

        delivery = delivery.AfterLoss(news.Session);
        Decide(new TaskCommand.LoseAgent(news.AgentId, news.Turn == AgentTurn.Gone), noted);
    }

    /// <summary>The agent is here. Where that is no news, what was said to it is still under way.</summary>
    private void BeSeen(AgentId agentId, AgentSession session, IActorRef? where)
    {
        if (State is not TaskLife.Known { Ended: false } known || known.AgentId != agentId || session < delivery.Seen
            || (session == delivery.Seen && (where is null || where.Equals(agent))))
        {
            Drive();
            return;
        }

        agent = where ?? agent;
        delivery = delivery.AfterSeen(session);
        underWay &= ~(TaskDuties.ByAgent | TaskDuties.Locate);
        Drive();
    }

    private void Located(MasterProtocol.AgentLocated located)
    {
        switch (located.Standing)
        {
            case MasterProtocol.AgentStanding.Active:
                BeSeen(located.AgentId, located.Session, located.Agent);
                break;
            case MasterProtocol.AgentStanding.Unreachable:
                Lose(new AgentNews(located.AgentId, AgentTurn.Lost, located.Session));
                break;
            case MasterProtocol.AgentStanding.Gone:
                Lose(new AgentNews(located.AgentId, AgentTurn.Gone, located.Session));
                break;
            default:
                // Expected back: asked for again with the next repetition.
                break;
        }
    }

    /// <summary>
    /// Goes on with what is owed. A task that counts as unreachable also looks whether its agent still is: news of its
    /// return may have been lost with an earlier life of this entity. One that its agent only said it would launch or
    /// kill says it again: the agent may have ended before its record was on disk, and nobody else knows of the task.
    /// </summary>
    private void Resume(TaskProtocol.ResumeTask resume)
    {
        if (resume.TellNewest)
        {
            ImmutableArray<StatusUpdate> updates = State is TaskLife.Known { Updates: var stored } ? stored : [];
            refs.Frameworks.Tell(new FrameworkProtocol.TaskNewest(
                frameworkId, taskId, updates.LastOrDefault(), updates.Length));
        }

        if (State is TaskLife.Known { State: TaskState.Unreachable } known)
        {
            refs.Master.Tell(new MasterProtocol.LocateAgent(known.AgentId));
        }

        delivery = delivery.AgentAskedAgain();
        Drive();
    }
}
