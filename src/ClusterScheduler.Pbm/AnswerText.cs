using Akka.Actor;
using ClusterScheduler.Runtime.Commands;
using Petabridge.Cmd;

namespace ClusterScheduler.Pbm;

/// <summary>Answers of the catalogue as pbm prints them.</summary>
internal static class AnswerText
{
    private const string Gap = "  ";

    public static object Of(CommandAnswer answer) => answer switch
    {
        CommandAnswer.Table table => new CommandResponse(table.Note is { } note
            ? $"{Lines(table)}\n{note}"
            : Lines(table)),
        CommandAnswer.Done done => new CommandResponse(done.Sentence),
        CommandAnswer.Refused refused => new ErroredCommandResponse(refused.Sentence),
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, "not an answer of a command"),
    };

    public static object Of(Exception failed) => new ErroredCommandResponse(failed is AskTimeoutException
        ? "the control plane did not answer in time; it may be starting or recovering: try again"
        : failed.Message);

    private static string Lines(CommandAnswer.Table table)
    {
        var rows = table.Rows.Select(row => row.Select(cell => cell.ToString()).ToArray())
            .Prepend([.. table.Columns.Select(column => column.ToUpperInvariant())])
            .ToList();
        var widths = Enumerable.Range(0, table.Columns.Length)
            .Select(column => rows.Max(row => row[column].Length))
            .ToArray();
        return string.Join('\n', rows.Select(row => string.Join(
            Gap, row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()));
    }
}
