using ClusterScheduler.Cli.Commands;

namespace ClusterScheduler.Cli.Tests.Client;

/// <summary>Commands that change something: what they send, and how they say what was answered.</summary>
public sealed class ChangeCommandTests : IDisposable
{
    private const string OneWindow = """
        {"windows":[{"machines":["b"],"start":"2027-01-31T02:00:00+00:00"}],"version":"v1"}
        """;

    private const string NoWindow = """{"windows":[],"version":"v2"}""";

    private const string TwoMachines = """
        {"machines":[{"hostname":"here","mode":"draining","start":"2027-01-31T02:00:00Z","agents":["a-1"],
        "taskCount":0,"answers":[]},{"hostname":"nope","mode":"draining","start":"2027-01-31T02:00:00Z","agents":[],
        "taskCount":0,"answers":[]}]}
        """;

    private const string Changed = """
        {"type":"urn:cluster-scheduler:problem:maintenance-changed","title":"t","status":409,"detail":"it changed"}
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("csched-change-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_schedule_that_changed_in_between_is_read_again_and_changed_as_it_is_then()
    {
        using var server = new StubServer(
            Ok(OneWindow), Conflict(Changed), Ok(NoWindow), Ok("""{"machines":[]}"""));
        var (code, _, errors) = Run(server, "maintenance", "schedule", "a", "--start", "2027-01-31T02:00Z");
        Assert.True(code == 0, errors);
        Assert.Equal(4, server.Requests.Count);
        Assert.Contains("\"version\":\"v1\"", server.Requests[1], StringComparison.Ordinal);
        Assert.Contains("\"b\"", server.Requests[1], StringComparison.Ordinal);
        Assert.Contains("\"version\":\"v2\"", server.Requests[3], StringComparison.Ordinal);
        Assert.DoesNotContain("\"b\"", server.Requests[3], StringComparison.Ordinal);
    }

    [Fact]
    public void A_schedule_that_changes_all_the_time_is_given_up_in_words()
    {
        string[] answers = [.. Enumerable.Repeat((string[])[Ok(OneWindow), Conflict(Changed)], 20).SelectMany(x => x)];
        using var server = new StubServer(answers);
        var (code, _, errors) = Run(server, "maintenance", "schedule", "a", "--remove");
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("it changed", errors, StringComparison.Ordinal);
        Assert.Equal(40, server.Requests.Count);
    }

    [Theory]
    [InlineData("WEIGHT is '2,5'; write a number from 0.001 to", "weight", "set", "eng", "2,5")]
    [InlineData("'..' is no name", "weight", "set", "..", "2")]
    [InlineData("'' is no name", "quota", "remove", "")]
    [InlineData("'cpus:NaN' is no amount: it must be a number", "quota", "set", "eng", "--limit", "cpus:NaN")]
    [InlineData("WEIGHT is 'abc'", "weight", "set", "eng", "abc")]
    [InlineData("WEIGHT is 'NaN'", "weight", "set", "eng", "NaN")]
    [InlineData("WEIGHT is '1e999'", "weight", "set", "eng", "1e999")]
    public void A_name_or_number_that_is_none_is_refused_before_anything_is_sent(string why, params string[] command)
    {
        using var server = new StubServer(Ok("{}"));
        var (code, _, errors) = Run(server, command);
        Assert.Equal(ExitCode.WrongInput, code);
        Assert.Contains(why, errors, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("--port", "abc", "--port takes a whole number from 0 to 65535")]
    [InlineData("--port", "1,000", "--port takes a whole number from 0 to 65535")]
    [InlineData("--port", "65536", "--port takes a whole number from 0 to 65535")]
    [InlineData("--agents", "1,0", "--agents takes a whole number from 1 to 64")]
    [InlineData("--agents", "0", "--agents takes a whole number from 1 to 64")]
    public void An_option_that_is_no_number_is_refused_in_words(string option, string value, string why)
    {
        using var errors = new StringWriter();
        Assert.Equal(ExitCode.WrongInput, CommandLine.Run(["dev", option, value], new StringWriter(), errors));
        Assert.Contains(why, errors.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("System.", errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"dryRun":false,"quota":[{"role":"eng","guarantees":{},"limits":{"cpus":2}}]}""",
        "quota", "set", "eng", "--limit", "cpus:2")]
    [InlineData("""{"dryRun":true,"quota":[]}""", "quota", "remove", "eng", "--dry-run")]
    [InlineData("""{"weights":[{"role":"eng","weight":2}]}""", "weight", "set", "eng", "2")]
    [InlineData("""{"agent":"a-1","total":"cpus:2"}""", "agent", "reserve", "a-1", "cpus(+eng):2")]
    [InlineData("""{"agent":"a-1","total":"cpus:2"}""", "agent", "grow-volume", "a-1", "disk(+e)[id=a,path=b]:1", "1")]
    [InlineData("""{"machines":[]}""", "maintenance", "start", "host-1")]
    [InlineData("""{"machines":[]}""", "maintenance", "stop", "host-1")]
    [InlineData("""{"framework":"f","id":"t"}""", "task", "kill", "t")]
    [InlineData("""{"key":"a/b/c","instances":2}""", "job", "kill", "a/b/c")]
    public void What_changes_something_says_the_answer_as_JSON_when_that_is_wanted(
        string answer, params string[] command)
    {
        using var server = new StubServer(Ok(answer));
        var (code, output, errors) = Run(server, [.. command, "-o", "json"]);
        Assert.True(code == 0, errors);
        Assert.Equal(answer, output.TrimEnd());
    }

    [Fact]
    public void A_changed_schedule_is_said_as_JSON_when_that_is_wanted()
    {
        using var server = new StubServer(Ok(NoWindow), Ok("""{"machines":[]}"""));
        var (_, output, _) = Run(server, "maintenance", "schedule", "a", "--remove", "-o", "json");
        Assert.Equal("""{"machines":[]}""", output.TrimEnd());
    }

    [Theory]
    [InlineData("2027-01-31", "2027-01-31T00:00:00")]
    [InlineData("2027-01-31T02:00Z", "2027-01-31T02:00:00")]
    [InlineData("2027-01-31T02:00", "2027-01-31T02:00:00")]
    [InlineData("2027-01-31T02:00:30+01:00", "2027-01-31T02:00:30+01:00")]
    [InlineData("2027-01-31 02:00:00Z", "2027-01-31T02:00:00")]
    public void A_window_begins_at_a_time_of_ISO_8601_in_UTC_where_it_says_nothing_else(string start, string sent)
    {
        using var server = new StubServer(Ok(NoWindow), Ok(TwoMachines));
        var (code, output, errors) = Run(server, "maintenance", "schedule", "here", "nope", "--start", start);
        Assert.True(code == 0, errors);
        Assert.Contains(sent, server.Heard.Replace("\\u002B", "+", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("no agent of host 'nope' is there now", output, StringComparison.Ordinal);
        Assert.DoesNotContain("no agent of host 'here'", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("02/03/2027")]
    [InlineData("3 February 2027")]
    [InlineData("02:00")]
    public void A_window_does_not_begin_at_a_time_that_can_be_read_in_two_ways(string start)
    {
        using var server = new StubServer(Ok(NoWindow));
        var (code, _, errors) = Run(server, "maintenance", "schedule", "a", "--start", start);
        Assert.Equal(ExitCode.WrongInput, code);
        Assert.Contains($"--start is '{start}'; write now, a duration", errors, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    private static string Ok(string body) => StubServer.Json("200 OK", "application/json", body);

    private static string Conflict(string body) =>
        StubServer.Json("409 Conflict", "application/problem+json", body);

    private (int Code, string Output, string Errors) Run(StubServer server, params string[] command)
    {
        var token = Path.Combine(_folder.FullName, "token");
        File.WriteAllText(token, "0123456789abcdef0123456789abcdef\n");
        using var output = new StringWriter();
        using var errors = new StringWriter();
        string[] options = ["--gateway", $"http://127.0.0.1:{server.Port}", "--token-file", token];
        var code = CommandLine.Run([.. command, .. options], output, errors);
        return (code, output.ToString(), errors.ToString());
    }
}
