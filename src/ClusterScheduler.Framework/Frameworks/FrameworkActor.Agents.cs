using System.Collections.Immutable;

namespace ClusterScheduler.Framework.Frameworks;

/// <summary>Agents that are lost, gone or back: passed on to the tasks there, until each has noted it.</summary>
public sealed partial class FrameworkActor
{
    private readonly AgentNewsRelay relay = new();
    private readonly Dictionary<AgentId, (MasterEpoch Epoch, DateTimeOffset At, IActorRef? Agent)> sources = [];

    private void AgentsFromMaster()
    {
        Command<FrameworkProtocol.AgentLost>(lost =>
        {
            if (SeesOlder(lost.Epoch))
            {
                return;
            }

            var news = new AgentNews(lost.AgentId, lost.Gone ? AgentTurn.Gone : AgentTurn.Lost, lost.Session);
            if (relay.Take(news, TasksOn(lost.AgentId)) is var answer and not RelayAnswer.UnderWay)
            {
                Say(new SchedulerProtocol.AgentFailure(connection, lost.AgentId, lost.Gone));
                PassOn(news, answer, (lost.Epoch, lost.At, null));
            }
        });
        Command<FrameworkProtocol.AgentReturned>(returned =>
        {
            if (SeesOlder(returned.Epoch))
            {
                return;
            }

            var news = new AgentNews(returned.AgentId, AgentTurn.Returned, returned.Session);
            if (relay.Take(news, TasksOn(returned.AgentId)) is var answer and not RelayAnswer.UnderWay)
            {
                PassOn(news, answer, (returned.Epoch, Now, returned.Agent));
            }
        });
        Command<FrameworkProtocol.AgentNewsNoted>(noted =>
        {
            if (relay.Noted(noted.TaskId, noted.News))
            {
                AnswerMaster(noted.News);
            }
        });
    }

    private void PassOn(AgentNews news, RelayAnswer answer, (MasterEpoch, DateTimeOffset, IActorRef?) source)
    {
        sources[news.AgentId] = source;
        if (answer == RelayAnswer.Noted)
        {
            AnswerMaster(news);
            return;
        }

        foreach (var task in TasksOn(news.AgentId))
        {
            Tell(task, news);
        }
    }

    private void RepeatNews()
    {
        foreach (var (news, task) in relay.Open.ToImmutableArray())
        {
            if (TasksOf(State).ContainsKey(task))
            {
                Tell(task, news);
            }
            else if (relay.Noted(task, news))
            {
                AnswerMaster(news);
            }
        }
    }

    private void Tell(TaskId task, AgentNews news)
    {
        var (said, at, agent) = sources[news.AgentId];
        refs.Tasks.Tell(news.Turn == AgentTurn.Returned
            ? new TaskProtocol.AgentReturned(id, task, news.AgentId, news.Session, agent)
            : new TaskProtocol.AgentLost(id, task, news.AgentId, said, news.Turn == AgentTurn.Gone, at)
            {
                Session = news.Session,
            });
    }

    private void AnswerMaster(AgentNews news)
    {
        if (!sources.Remove(news.AgentId, out var source))
        {
            return;
        }

        refs.Master.Tell(news.Turn == AgentTurn.Returned
            ? new FrameworkProtocol.AgentReturnNoted(id, source.Epoch, news.AgentId, news.Session)
            : new FrameworkProtocol.AgentLossNoted(id, source.Epoch, news.AgentId)
            {
                Session = news.Session,
                Gone = news.Turn == AgentTurn.Gone,
            });
    }

    private IEnumerable<TaskId> TasksOn(AgentId agent) => TasksOf(State)
        .Where(task => task.Value.AgentId == agent).Select(static task => task.Key).Order();

    private static ImmutableDictionary<TaskId, FrameworkTask> TasksOf(FrameworkLife life) => life switch
    {
        FrameworkLife.Active active => active.Tasks,
        FrameworkLife.Removed removed => removed.Tasks,
        _ => ImmutableDictionary<TaskId, FrameworkTask>.Empty,
    };
}
