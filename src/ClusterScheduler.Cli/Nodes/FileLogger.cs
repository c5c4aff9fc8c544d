using System.Globalization;
using System.Text;
using Akka.Actor;
using Akka.Event;

namespace ClusterScheduler.Cli.Nodes;

/// <summary>
/// Writes the node's log into a file, so that the terminal stays the user's. When the file has grown to its limit it
/// becomes the file with <c>.1</c> at the end, and the one that was there before is gone.
/// </summary>
public sealed class FileLogger : ReceiveActor
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly string _path;
    private readonly long _bytesMax;
    private FileStream? _file;
    private long _lost;

    public FileLogger()
    {
        var config = Context.System.Settings.Config;
        _path = config.GetString("cluster-scheduler.node.log-file");
        _bytesMax = config.GetByteSize("cluster-scheduler.node.log-bytes-max", null) ?? 1024 * 1024;
        _file = Open();
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
        Receive<LogEvent>(Write);
    }

    protected override void PostStop() => _file?.Dispose();

    /// <summary>What cannot be written is counted, never thrown: it would be logged, and so on without end.</summary>
    private void Write(LogEvent @event)
    {
        try
        {
            if (_file?.Length >= _bytesMax)
            {
                _file.Dispose();
                _file = null;
                File.Move(_path, _path + ".1", overwrite: true);
            }

            _file ??= Open();
            _file.Write(Utf8.GetBytes(Lines(@event)));
            _lost = 0;
        }
        catch (IOException)
        {
            _lost++;
        }
    }

    private string Lines(LogEvent @event)
    {
        var level = @event.LogLevel() switch
        {
            LogLevel.ErrorLevel => "ERROR",
            LogLevel.WarningLevel => "WARN ",
            LogLevel.InfoLevel => "INFO ",
            _ => "DEBUG",
        };
        var at = @event.Timestamp.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        var cause = @event.Cause is { } thrown ? $"{thrown}\n" : "";
        var gap = _lost > 0
            ? string.Create(CultureInfo.InvariantCulture, $"\n{at} WARN  {_lost} lines before could not be written\n")
            : "";
        return $"{gap}{at} {level} {@event.LogSource} {@event.Message}\n{cause}";
    }

    private FileStream Open() => new(
        _path,
        new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            BufferSize = 0,
        });
}
