using ClusterScheduler.Core.Jobs.Files;
using ClusterScheduler.Core.Jobs.Findings;

namespace ClusterScheduler.Cli.JobFiles;

/// <summary>A job file as read: what it means, and its text for messages.</summary>
/// <param name="Path">As the user gave it.</param>
/// <param name="Text">Empty when the file could not be read.</param>
/// <param name="Reading">The jobs, or everything that is wrong.</param>
public sealed record JobFileSource(string Path, string Text, JobFileReading Reading);

/// <summary>Reads a job file from disk: bytes, UTF-8, YAML (of which JSON is a part), rules of the format.</summary>
public static class JobFileReader
{
    /// <summary>The largest file that is read, bytes.</summary>
    public const int BytesMax = 4 * 1024 * 1024;

    /// <summary>
    /// Reads the file and reports whatever is wrong with it; throws for nothing that a user can do.
    /// </summary>
    public static JobFileSource Read(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                return Refuse(path, JobFindingKind.NotAFile, "this is a directory", "the path of a job file");
            }

            using var stream = File.OpenRead(path);
            return Read(path, stream);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return Refuse(path, JobFindingKind.FileNotFound, "there is no such file", Similar(path));
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException or ArgumentException
            or NotSupportedException)
        {
            return Refuse(path, JobFindingKind.Unreadable, $"the file cannot be read: {error.Message}",
                "a file that this user may read");
        }
    }

    /// <summary>Reads a job file from a stream, at most <see cref="BytesMax"/>.</summary>
    /// <param name="path">For messages.</param>
    /// <param name="stream">Not closed here.</param>
    public static JobFileSource Read(string path, Stream stream)
    {
        using var copy = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (copy.Length <= BytesMax && stream.Read(buffer) is > 0 and var count)
        {
            copy.Write(buffer, 0, count);
        }

        if (copy.Length > BytesMax)
        {
            return Refuse(path, JobFindingKind.TooLarge, $"the file is larger than {BytesMax / 1024 / 1024} MiB",
                "several files; a job with many instances needs no line for each");
        }

        var bytes = copy.GetBuffer().AsSpan(0, (int)copy.Length);
        return Utf8Text.TryDecode(bytes, out var text, out var finding)
            ? new JobFileSource(path, text, ReadText(text, Path.GetDirectoryName(Path.GetFullPath(path))))
            : new JobFileSource(path, text, JobFileReading.Refused(finding!));
    }

    /// <summary>Reads a job file's text.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="directory">Fills <c>{{file.dir}}</c>; null where there is no file.</param>
    public static JobFileReading ReadText(string text, string? directory = null)
    {
        var findings = new List<JobFinding>();
        var root = YamlTree.Read(text, findings);
        return root is not null && findings.Count == 0 ? JobFileRules.Read(root, directory)
            : root is null ? JobFileReading.Refused(findings)
            : JobFileReading.Refused(findings.Concat(JobFileRules.Read(root, directory).Findings));
    }

    private static JobFileSource Refuse(string path, JobFindingKind kind, string problem, string remedy) =>
        new(path, "", JobFileReading.Refused(new JobFinding(kind, "", TextPosition.Start, problem, remedy)));

    /// <summary>A file of the same directory with nearly the same name, which is what was mostly meant.</summary>
    private static string Similar(string path)
    {
        const int FilesMax = 1_000;
        var directory = Path.GetDirectoryName(Path.GetFullPath(path));
        if (directory is null || !Directory.Exists(directory))
        {
            return "the path of a job file";
        }

        var files = Directory.EnumerateFiles(directory).Take(FilesMax).Order(StringComparer.Ordinal).ToList();
        var nearest = NearestWord.Find(
            Path.GetFileNameWithoutExtension(path), files.Select(file => Path.GetFileNameWithoutExtension(file)));
        return nearest is null
            ? "the path of a job file"
            : $"did you mean {files.First(file => Path.GetFileNameWithoutExtension(file) == nearest)}?";
    }
}
