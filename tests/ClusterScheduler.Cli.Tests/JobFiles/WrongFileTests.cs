using System.Text;
using ClusterScheduler.Cli.JobFiles;
using ClusterScheduler.Core.Jobs.Findings;

namespace ClusterScheduler.Cli.Tests.JobFiles;

/// <summary>Each kind of wrong input gets its own finding at its own place, with what would be right.</summary>
public class WrongFileTests
{
    private const string Right = "jobs:\n- name: a\n  task:\n    command: echo\n";

    private static JobFinding[] Findings(string yaml) => [.. JobFileReader.ReadText(yaml).Findings];

    private static string Task(string lines) => "jobs:\n- name: a\n  task:\n" + lines;

    /// <summary>One line of a case: the text, then the finding that must be there.</summary>
    public static TheoryData<string, JobFindingKind, string, string> Cases => new()
    {
        { "", JobFindingKind.Empty, "1:1", "jobs:" },
        { "# only a comment\n", JobFindingKind.Empty, "1:1", "jobs:" },
        { "jobs: []\n", JobFindingKind.OutOfRange, "1:7", "1 to 1000 items" },
        { "- a\n", JobFindingKind.WrongType, "1:1", "jobs" },
        { "{}\n", JobFindingKind.MissingKey, "1:1", "jobs" },
        { "job:\n- name: a\n  task: {command: echo}\n", JobFindingKind.UnknownKey, "1:1", "did you mean jobs?" },
        { "jobs:\n- name: a\n  instanses: 3\n  task: {command: echo}\n", JobFindingKind.UnknownKey, "3:3", "did you mean instances?" },
        { "jobs:\n- name: a\n  replicas: 3\n  task: {command: echo}\n", JobFindingKind.UnknownKey, "3:3", "did you mean instances?" },
        { "jobs:\n- name: a\n  instances: three\n  task: {command: echo}\n", JobFindingKind.WrongType, "3:14", "whole number from 1 to 4000" },
        { "jobs:\n- name: a\n  instances: \"3\"\n  task: {command: echo}\n", JobFindingKind.WrongType, "3:14", "without quotes" },
        { "jobs:\n- name: a\n  instances: 0\n  task: {command: echo}\n", JobFindingKind.OutOfRange, "3:14", "from 1 to 4000" },
        { "jobs:\n- name: a\n  instances: 4001\n  task: {command: echo}\n", JobFindingKind.OutOfRange, "3:14", "from 1 to 4000" },
        { "jobs:\n- name: a/b\n  task: {command: echo}\n", JobFindingKind.BadText, "2:9", "letters, digits" },
        { "jobs:\n- name: ..\n  task: {command: echo}\n", JobFindingKind.BadText, "2:9", "not dots alone" },
        { "jobs:\n- name: 7\n  task: {command: echo}\n", JobFindingKind.WrongType, "2:9", "\"7\"" },
        { "jobs:\n- task: {command: echo}\n", JobFindingKind.MissingKey, "2:3", "name: text" },
        { "jobs:\n- name: a\n  environment: production\n  task: {command: echo}\n", JobFindingKind.BadText, "3:16", "prod, devel" },
        { "jobs:\n- name: a\n  kind: service\n  task: {command: echo}\n", JobFindingKind.NotAvailable, "3:9", "batch" },
        { "jobs:\n- name: a\n  kind: batsh\n  task: {command: echo}\n", JobFindingKind.BadText, "3:9", "did you mean batch?" },
        { "jobs:\n- name: a\n  placement: mindelay\n  task: {command: echo}\n", JobFindingKind.BadText, "3:14", "did you mean min-delay?" },
        { "jobs:\n- name: a\n  constraints: {host: limit:0}\n  task: {command: echo}\n", JobFindingKind.BadText, "3:23", "limit:N" },
        { "jobs:\n- name: a\n  constraints:\n    rack: !x\n  task: {command: echo}\n", JobFindingKind.UnsupportedForm, "4:11", "quotes" },
        { Task("    command: \"\"\n"), JobFindingKind.EmptyCommand, "4:14", "echo hello" },
        { Task("    command: []\n"), JobFindingKind.EmptyCommand, "4:14", "the program" },
        { Task("    command:\n"), JobFindingKind.WrongType, "4:13", "text" },
        { Task("    cmd: echo\n"), JobFindingKind.UnknownKey, "4:5", "did you mean command?" },
        { Task("    env: {A: 1}\n"), JobFindingKind.MissingKey, "4:5", "command" },
        { Task("    command: echo\n    processes: [{name: a, cmdline: b}]\n"), JobFindingKind.ConflictingKeys, "5:5", "only one" },
        { Task("    command: echo\n    resources: {cpus: -1}\n"), JobFindingKind.OutOfRange, "5:23", "from 0.001 to 10000" },
        { Task("    command: echo\n    resources: {cpus: 0}\n"), JobFindingKind.OutOfRange, "5:23", "from 0.001" },
        { Task("    command: echo\n    resources: {cpus: 0.0001}\n"), JobFindingKind.OutOfRange, "5:23", "three decimals" },
        { Task("    command: echo\n    resources: {cpus: 1e3}\n"), JobFindingKind.OutOfRange, "5:23", "three decimals" },
        { Task("    command: echo\n    resources: {cpus: .nan}\n"), JobFindingKind.OutOfRange, "5:23", "three decimals" },
        { Task("    command: echo\n    resources: {cpus: 1000000}\n"), JobFindingKind.OutOfRange, "5:23", "10000" },
        { Task("    command: echo\n    resources: {mem: 12MB}\n"), JobFindingKind.BadText, "5:22", "MiB" },
        { Task("    command: echo\n    resources: {mem: 1000TiB}\n"), JobFindingKind.OutOfRange, "5:22", "GiB" },
        { Task("    command: echo\n    resources: {memory: 12}\n"), JobFindingKind.UnknownKey, "5:17", "did you mean mem?" },
        { Task("    command: echo\n    resources: {ports: [http, http]}\n"), JobFindingKind.DuplicateName, "5:31", "once" },
        { Task("    command: echo\n    kill_grace: 30\n"), JobFindingKind.BadText, "5:17", "30s" },
        { Task("    command: echo\n    kill_grace: 2h\n"), JobFindingKind.OutOfRange, "5:17", "1h" },
        { Task("    command: echo\n    max_failures: 0\n"), JobFindingKind.OutOfRange, "5:19", "-1" },
        { Task("    command: echo\n    command: ls\n"), JobFindingKind.DuplicateKey, "5:5", "once" },
        { Task("    command: echo {{instanze}}\n"), JobFindingKind.UnknownTemplate, "4:14", "{{instance}}" },
        { Task("    command: echo {{ports.http}}\n"), JobFindingKind.UnknownTemplate, "4:14", "resources.ports" },
        { Task("    command: echo {{mesos.hostname}}\n"), JobFindingKind.UnknownTemplate, "4:14", "{{hostname}}" },
        { Task("    processes: [{name: a, cmdline: b}, {name: a, cmdline: c}]\n"), JobFindingKind.DuplicateName, "4:47", "no other process" },
        { Task("    processes: [{name: a, cmdline: ' '}]\n"), JobFindingKind.EmptyCommand, "4:36", "echo hello" },
        { Task("    processes: [{name: a, cmdline: b, final: yes}]\n"), JobFindingKind.WrongType, "4:46", "true or false" },
        { Task("    processes: [{name: a, cmdline: b, final: true}]\n"), JobFindingKind.FinalProcess, "4:17", "without" },
        { Task("    processes: [{name: a, cmdline: b}, {name: b, cmdline: c}]\n    order: [a, x]\n"), JobFindingKind.UnknownName, "5:16", "did you mean" },
        { Task("    processes: [{name: a, cmdline: b}, {name: b, cmdline: c}]\n    order: [[a, b], [b, a]]\n"), JobFindingKind.Cycle, "5:12", "way back" },
        { Task("    command: echo\n    order: [a]\n"), JobFindingKind.ConflictingKeys, "5:12", "processes" },
        { Right + "- name: a\n  task: {command: ls}\n", JobFindingKind.DuplicateName, "5:9", "no other job" },
        { Right + "- name: b\n  after: [c]\n  task: {command: ls}\n", JobFindingKind.UnknownName, "6:11", "did you mean" },
        { Right + "- name: b\n  after: [b]\n  task: {command: ls}\n", JobFindingKind.Cycle, "6:10", "after" },
        { Right + "- name: b\n  after: [c]\n  task: {command: ls}\n- name: c\n  after: [b]\n  task: {command: ls}\n", JobFindingKind.Cycle, "6:10", "after" },
        { "agents: [{name: x}, {name: x}]\n" + Right, JobFindingKind.DuplicateName, "1:28", "no other agent" },
        { "agents: [{name: x, resources: {ports: 9-3}}]\n" + Right, JobFindingKind.OutOfRange, "1:39", "31000-31999" },
        { "agents: 0\n" + Right, JobFindingKind.OutOfRange, "1:9", "from 1 to 100" },
        { "jobs:\n\t- name: a\n", JobFindingKind.Tab, "2:1", "spaces" },
        { "jobs: [a\n", JobFindingKind.Syntax, "2:1", "check indentation" },
        { "jobs:\n- name: {{instance}}\n", JobFindingKind.UnsupportedForm, "2:10", "a name before the colon" },
        { Right + "---\n" + Right, JobFindingKind.UnsupportedForm, "5:1", "one document" },
        { "jobs: &a [*a]\n", JobFindingKind.UnknownName, "1:11", "complete value" },
        { "jobs: *nothing\n", JobFindingKind.UnknownName, "1:7", "anchor" },
        { "? [a]\n: b\n" + Right, JobFindingKind.UnsupportedForm, "1:3", "before the colon" },
        { new string('[', 100) + new string(']', 100), JobFindingKind.TooLarge, "1:34", "docs/job-file.md" },
        { "a\0b", JobFindingKind.Syntax, "1:2", "text" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Wrong_input_is_found_where_it_stands(string yaml, JobFindingKind kind, string position, string remedy)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(yaml));
        var source = JobFileReader.Read("jobs.yaml", stream);
        Assert.Null(source.Reading.File);
        Assert.True(
            source.Reading.Findings.Any(finding => finding.Kind == kind && finding.Position.ToString() == position
                && finding.Remedy.Contains(remedy, StringComparison.Ordinal)),
            FindingText.Render(source) + string.Join(", ", source.Reading.Findings.Select(finding => finding.Kind)));
    }

    [Fact]
    public void All_errors_are_reported_at_once_in_the_order_of_the_text()
    {
        var found = Findings("""
            jobs:
            - name: a
              instances: -1
              task:
                command: ''
                resources: {cpus: many}
              after: [zebra]
            - name: a
              task: {comand: x}
            """);
        Assert.Equal(
            [
                JobFindingKind.OutOfRange, JobFindingKind.EmptyCommand, JobFindingKind.WrongType,
                JobFindingKind.UnknownName, JobFindingKind.DuplicateName, JobFindingKind.MissingKey,
                JobFindingKind.UnknownKey,
            ],
            found.Select(finding => finding.Kind));
    }

    [Theory]
    [InlineData(new byte[] { (byte)'a', (byte)'\n', (byte)'b', 0xC3, 0x28 }, "2:2")]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'a', 0 }, "1:1")]
    public void Bytes_that_are_not_utf8_are_shown_by_place(byte[] bytes, string position)
    {
        using var stream = new MemoryStream(bytes);
        var finding = Assert.Single(JobFileReader.Read("x", stream).Reading.Findings);
        Assert.Equal(JobFindingKind.NotUtf8, finding.Kind);
        Assert.Equal(position, finding.Position.ToString());
    }

    [Fact]
    public void A_byte_order_mark_is_no_error()
    {
        using var stream = new MemoryStream([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Right)]);
        Assert.NotNull(JobFileReader.Read("x", stream).Reading.File);
    }

    [Fact]
    public void An_alias_bomb_is_refused_before_it_grows()
    {
        var bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (var level = 1; level < 20; level++)
        {
            bomb.AppendLine(System.Globalization.CultureInfo.InvariantCulture,
                $"a{level}: &a{level} [{string.Join(',', Enumerable.Repeat($"*a{level - 1}", 10))}]");
        }

        Assert.Equal(JobFindingKind.TooLarge, Assert.Single(Findings(bomb.ToString())).Kind);
    }

    [Fact]
    public void Anchors_and_merge_keys_save_repetition()
    {
        var file = JobFileReader.ReadText("""
            jobs:
            - &base
              name: a
              priority: 5
              task: {command: echo}
            - <<: *base
              name: b
            """).File!;
        Assert.Equal(("b", 5), (file.Jobs[1].Key.Name, file.Jobs[1].Priority));
    }

    [Fact]
    public void A_missing_file_a_directory_and_a_large_file_are_told_apart()
    {
        var directory = Directory.CreateTempSubdirectory("csched-files").FullName;
        try
        {
            File.WriteAllText(Path.Combine(directory, "wordcount.yaml"), Right);
            var missing = JobFileReader.Read(Path.Combine(directory, "wordcont.yaml")).Reading.Findings.Single();
            Assert.Equal(JobFindingKind.FileNotFound, missing.Kind);
            Assert.Contains("wordcount.yaml", missing.Remedy, StringComparison.Ordinal);
            Assert.Equal(JobFindingKind.NotAFile, JobFileReader.Read(directory).Reading.Findings.Single().Kind);

            using var large = new MemoryStream(new byte[JobFileReader.BytesMax + 1]);
            Assert.Equal(JobFindingKind.TooLarge, JobFileReader.Read("x", large).Reading.Findings.Single().Kind);
            Assert.Equal(JobFindingKind.FileNotFound,
                JobFileReader.Read(Path.Combine(directory, "no", "such")).Reading.Findings.Single().Kind);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void A_finding_is_printed_with_its_line_and_a_mark()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("jobs:\n- name: a\n  task: {comand: x, command: y}\n"));
        Assert.Equal(
            """
            f.yaml:3:10: error: a task has no key 'comand' [jobs[0].task.comand]
                  task: {comand: x, command: y}
                         ^
              right would be: did you mean command?
            1 error in f.yaml

            """.ReplaceLineEndings("\n"),
            FindingText.Render(JobFileReader.Read("f.yaml", stream)));
    }
}
