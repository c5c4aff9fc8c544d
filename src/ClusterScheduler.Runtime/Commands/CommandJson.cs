using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;

namespace ClusterScheduler.Runtime.Commands;

/// <summary>Commands and their answers as JSON, for programs and for csched.</summary>
public static class CommandJson
{
    /// <summary>An answer: <c>columns</c> with <c>rows</c> of objects, or a <c>sentence</c>.</summary>
    /// <exception cref="ArgumentException">It is a refusal, which has other forms.</exception>
    public static byte[] Write(CommandAnswer answer) => Write(json =>
    {
        switch (answer)
        {
            case CommandAnswer.Done done:
                json.WriteString("sentence", done.Sentence);
                break;
            case CommandAnswer.Table table:
                WriteTable(json, table);
                break;
            default:
                throw new ArgumentException($"{answer} is neither a table nor a sentence", nameof(answer));
        }
    });

    /// <summary>What there is: name, help and arguments of each command.</summary>
    public static byte[] Write(ImmutableArray<OperatorCommand> commands) => Write(json =>
    {
        json.WriteStartArray("commands");
        foreach (var command in commands)
        {
            json.WriteStartObject();
            json.WriteString("group", command.Group);
            json.WriteString("name", command.Name);
            json.WriteString("help", command.Help);
            json.WriteBoolean("changes", command.Changes);
            json.WriteStartArray("arguments");
            foreach (var argument in command.Arguments)
            {
                json.WriteStartObject();
                json.WriteString("name", argument.Name);
                json.WriteString("help", argument.Help);
                json.WriteBoolean("optional", argument.IsOptional);
                json.WriteBoolean("switch", argument.IsSwitch);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static byte[] Write(Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteTable(Utf8JsonWriter json, CommandAnswer.Table table)
    {
        json.WriteStartArray("columns");
        foreach (var column in table.Columns)
        {
            json.WriteStringValue(column);
        }

        json.WriteEndArray();
        json.WriteStartArray("rows");
        foreach (var row in table.Rows)
        {
            json.WriteStartObject();
            foreach (var (column, cell) in table.Columns.Zip(row))
            {
                json.WritePropertyName(column);
                WriteCell(json, cell);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (table.Note is { } note)
        {
            json.WriteString("note", note);
        }
    }

    private static void WriteCell(Utf8JsonWriter json, CommandCell cell)
    {
        switch (cell.Value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool holds:
                json.WriteBooleanValue(holds);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            case DateTimeOffset at:
                json.WriteStringValue(at);
                break;
            default:
                json.WriteStringValue(cell.ToString());
                break;
        }
    }
}
