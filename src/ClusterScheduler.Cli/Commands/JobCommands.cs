using System.CommandLine;
using System.Globalization;
using System.Text;
using ClusterScheduler.Cli.JobFiles;
using ClusterScheduler.Cli.Output;
using ClusterScheduler.Gateway.Views;
using ClusterScheduler.Protocol.Jobs;
using ClusterScheduler.Runtime.Commands;

namespace ClusterScheduler.Cli.Commands;

/// <summary>csched job run|list|show|kill</summary>
internal static class JobCommands
{
    public static Command Build() =>
        new("job", "Run jobs on a running cluster, see and end them") { Run(), List(), Show(), Kill() };

    private static Command Run()
    {
        var run = new ClientCommand("run", "Submit the jobs of a file; they run on when this command has returned");
        var file = run.Add("file", "The job file: YAML or JSON");
        var wait = run.Add(new Option<bool>("--wait")
        {
            Description = "Wait until all of them have ended; exit code 1 when one did not finish",
        });
        run.Action(async call =>
        {
            var source = JobFileReader.Read(call.Parsed.GetRequiredValue(file));
            if (source.Reading.File is not { } jobs)
            {
                throw new UserException(FindingText.Render(source).TrimEnd(), ExitCode.WrongInput);
            }

            using var content = new StringContent(JobFileJson.Write(jobs), Encoding.UTF8, "application/json");
            var submitted = await call.Client.Post(
                ClientCall.Path("jobs"), content, GatewayJson.Default.SubmittedView, call.Cancelled);
            foreach (var job in submitted.Jobs.Where(_ => !call.Json))
            {
                await call.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                    $"{job.Key}: {job.Instances} tasks submitted"));
            }

            return call.Parsed.GetValue(wait)
                ? await JobWait.Run(call, submitted.Submission)
                : Submitted(call, submitted);
        });
        return run.Command.WithExamples(
            ("csched job run docs/samples/wordcount.yaml", "then watch it with 'csched job list'"),
            ("csched job run --wait jobs.yaml", "for scripts: 0 when every task finished"));
    }

    private static int Submitted(ClientCall call, SubmittedView submitted)
    {
        if (call.Json)
        {
            call.Output.WriteLine(
                System.Text.Json.JsonSerializer.Serialize(submitted, GatewayJson.Default.SubmittedView));
        }

        return ExitCode.Done;
    }

    private static Command List()
    {
        var list = new ClientCommand(JobCatalogue.List);
        list.Action(async call =>
        {
            var path = ClientCall.Path("jobs");
            if (call.Json)
            {
                return await call.PrintJson(path);
            }

            var now = DateTimeOffset.UtcNow;
            var found = await call.Client.Get(path, GatewayJson.Default.JobListView, call.Cancelled);
            var table = new TextTable(
                "JOB", "PHASE", "TASKS", "WAITING", "ACTIVE", "FINISHED", "FAILED", "KILLED", "AGE", "WHY");
            foreach (var job in found.Jobs)
            {
                table.Add(
                    job.Key, job.Phase, Number(job.Instances), Number(job.Waiting), Number(job.Active),
                    Number(job.Finished), Number(job.Failed), Number(job.Killed), Ages.Of(job.SubmittedAt, now),
                    job.Cause + job.NeverFits);
            }

            table.Write(call.Output, Screen.Columns);
            return ExitCode.Done;
        });
        return list.Command.WithExamples(("csched job list -o json", "all fields, for scripts"));
    }

    private static Command Show()
    {
        var show = new ClientCommand(JobCatalogue.Show);
        var name = show.Add(JobCatalogue.Job);
        show.Action(async call =>
        {
            var path = await JobPath(call, call.Parsed.GetRequiredValue(name));
            if (call.Json)
            {
                return await call.PrintJson(path);
            }

            Write(await call.Client.Get(path, GatewayJson.Default.JobDetailView, call.Cancelled), call.Output);
            return ExitCode.Done;
        });
        return show.Command.WithExamples(("csched job show map", "the job called map"));
    }

    private static Command Kill()
    {
        var kill = new ClientCommand(JobCatalogue.Kill);
        var name = kill.Add(JobCatalogue.Job);
        var instances = kill.Add(new Option<string?>("--instances")
        {
            Description = "Only these, such as 0,3,7",
            HelpName = "LIST",
        });
        kill.Action(async call =>
        {
            var path = await JobPath(call, call.Parsed.GetRequiredValue(name)) + "/kill";
            var only = call.Parsed.GetValue(instances) is { } list
                ? $"?instances={Uri.EscapeDataString(list)}"
                : "";
            var killed = await call.Client.Post(path + only, null, GatewayJson.Default.JobKillView, call.Cancelled);
            return call.Say(killed, GatewayJson.Default.JobKillView, output => output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{killed.Key}: {killed.Instances} instances are being killed")));
        });
        return kill.Command.WithExamples(("csched job kill map --instances 3,4", "two of its instances"));
    }

    /// <summary>The job's path; a bare name is looked up.</summary>
    private static async Task<string> JobPath(ClientCall call, string name)
    {
        if (name.Split('/') is [var role, var environment, var last])
        {
            return ClientCall.Path("jobs", role, environment, last);
        }

        var jobs = await call.Client.Get(ClientCall.Path("jobs"), GatewayJson.Default.JobListView, call.Cancelled);
        var keys = jobs.Jobs.Select(job => job.Key).Distinct()
            .Where(key => key.EndsWith("/" + name, StringComparison.Ordinal)).ToList();
        return keys switch
        {
            [var key] when key.Split('/') is [var r, var e, var n] => ClientCall.Path("jobs", r, e, n),
            [] => throw new UserException($"there is no job '{name}'; 'csched job list' lists those there are"),
            _ => throw new UserException($"several jobs are called '{name}': {string.Join(", ", keys)}"),
        };
    }

    private static void Write(JobDetailView detail, TextWriter output)
    {
        var job = detail.Job;
        output.WriteLine($"job        {job.Key}");
        output.WriteLine($"phase      {job.Phase}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"tasks      {job.Waiting} waiting, {job.Active} active, {job.Finished} finished, {job.Failed} failed, "
            + $"{job.Killed} killed"));
        if (job.Cause.Length + job.NeverFits.Length > 0)
        {
            output.WriteLine($"why        {job.Cause}{job.NeverFits}");
        }

        output.WriteLine();
        var now = DateTimeOffset.UtcNow;
        var table = new TextTable("INSTANCE", "PHASE", "SINCE", "ATTEMPT", "HOST", "TASK", "LAST END");
        foreach (var instance in detail.Instances)
        {
            table.Add(
                Number(instance.Instance), instance.Phase, Ages.Of(instance.Since, now), Number(instance.Attempt),
                instance.Hostname.Length == 0 ? "-" : instance.Hostname, instance.Task ?? "-",
                instance.Ended.LastOrDefault()?.Message.ReplaceLineEndings(" ") ?? "");
        }

        table.Write(output, Screen.Columns);
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
