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
    private readonly string _path;
    private readonly long _bytesMax;
    private StreamWriter _file;

    public FileLogger()
    {
        var config = Context.System.Settings.Config;
        _path = config.GetString("cluster-scheduler.node.log-file");
        _bytesMax = config.GetByteSize("cluster-scheduler.node.log-bytes-max", null) ?? 1024 * 1024;
        _file = Open();
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
        Receive<LogEvent>(Write);
    }

    protected override void PostStop() => _file.Dispose();

    private void Write(LogEvent @event)
    {
        if (_file.BaseStream.Length >= _bytesMax)
        {
            _file.Dispose();
            File.Move(_path, _path + ".1", overwrite: true);
            _file = Open();
        }

        var level = @event.LogLevel() switch
        {
            LogLevel.ErrorLevel => "ERROR",
            LogLevel.WarningLevel => "WARN ",
            LogLevel.InfoLevel => "INFO ",
            _ => "DEBUG",
        };
        var at = @event.Timestamp.ToUniversalTime();
        _file.Write(at.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        _file.WriteLine($" {level} {@event.LogSource} {@event.Message}");
        if (@event.Cause is { } cause)
        {
            _file.WriteLine(cause.ToString());
        }

        _file.Flush();
    }

    private StreamWriter Open() => new(
        new FileStream(_path, new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }),
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
}
