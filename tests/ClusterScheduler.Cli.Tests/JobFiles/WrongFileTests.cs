using System.Text;
using ClusterScheduler.Cli.JobFiles;
using ClusterScheduler.Core.Jobs.Findings;

namespace ClusterScheduler.Cli.Tests.JobFiles;

/// <summary>Each kind of wrong input gets its own finding at its own place, with what would be right.</summary>
public class WrongFileTests
{
    private const string Right = "jobs:\n- name: a\n  task:\n    command: echo\n";

    private static JobFinding[] Findings(string yaml) => [.. JobFileReader.ReadText(yaml).Findings];

    /// <summary>The cases of wrong-files.txt: the text, then the finding that must be there.</summary>
    public static TheoryData<string, JobFindingKind, string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, JobFindingKind, string, string>
            {
                { "", JobFindingKind.Empty, "1:1", "jobs:" },
                { "a\0b", JobFindingKind.Syntax, "1:2", "text" },
                { new string('[', 100) + new string(']', 100), JobFindingKind.TooLarge, "1:34", "docs/job-file.md" },
            };
            var yaml = new StringBuilder();
            var path = Path.Combine(Repository.Root, "tests/ClusterScheduler.Cli.Tests/JobFiles/wrong-files.txt");
            foreach (var line in File.ReadLines(path).Skip(2))
            {
                if (line.Split(' ', 4) is [">>>", var kind, var position, var remedy])
                {
                    cases.Add(yaml.ToString().TrimStart('\n'), Enum.Parse<JobFindingKind>(kind), position, remedy);
                    yaml.Clear();
                }
                else
                {
                    yaml.Append(line).Append('\n');
                }
            }

            return cases;
        }
    }

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
                JobFindingKind.UnknownName, JobFindingKind.DuplicateName, JobFindingKind.UnknownKey,
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
        var yaml = "jobs:\n- name: a\n  task: {comand: x, command: y}\n"u8.ToArray();
        using var stream = new MemoryStream(yaml);
        Assert.Equal(
            """
            f.yaml:3:10: error: there is no key 'comand' in a task [jobs[0].task.comand]
                  task: {comand: x, command: y}
                         ^
              right would be: did you mean command?
            1 error in f.yaml

            """.ReplaceLineEndings("\n"),
            FindingText.Render(JobFileReader.Read("f.yaml", stream)));
    }
}
