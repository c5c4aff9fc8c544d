namespace ClusterScheduler.Gateway.Tasks;

/// <summary>Finds tasks over all frameworks: users name a task by its id alone where that is unique.</summary>
internal sealed class TaskFinder(ControlPlane plane)
{
    public async Task<IReadOnlyList<FrameworkProtocol.TaskList>> All(CancellationToken cancelled)
    {
        var frameworks = await plane.Ask<MasterProtocol.FrameworkList>(
            plane.Master, new MasterProtocol.ListFrameworks(), cancelled);
        return await Task.WhenAll(frameworks.Frameworks.Select(framework => plane.Ask<FrameworkProtocol.TaskList>(
            plane.Frameworks, new FrameworkProtocol.ListTasks(framework.FrameworkId), cancelled)));
    }

    /// <summary>The task that the path names, of the framework that the query names where it does.</summary>
    public async Task<(TaskProtocol.TaskShown Shown, TaskInfo Task)> Find(HttpContext context)
    {
        var taskId = new TaskId(context.PathValue("task"));
        var named = context.Request.Query["framework"].ToString();
        var frameworks = named.Length > 0
            ? [new FrameworkId(named)]
            : (await plane.Ask<MasterProtocol.FrameworkList>(
                plane.Master, new MasterProtocol.ListFrameworks(), context.RequestAborted))
            .Frameworks.Select(framework => framework.FrameworkId);
        var shown = await Task.WhenAll(frameworks.Select(framework => plane.Ask<TaskProtocol.TaskShown>(
            plane.Tasks, new TaskProtocol.ShowTask(framework, taskId), context.RequestAborted)));
        var known = shown.Where(task => task.Task is not null).ToList();
        return known switch
        {
            [{ Task: { } task } found] => (found, task),
            [] => throw new ProblemException(404, "task-unknown", $"there is no task '{taskId}'"),
            _ => throw new ProblemException(409, "task-ambiguous",
                $"several frameworks have a task '{taskId}': add ?framework=ID, one of "
                + string.Join(", ", known.Select(each => each.FrameworkId))),
        };
    }
}
