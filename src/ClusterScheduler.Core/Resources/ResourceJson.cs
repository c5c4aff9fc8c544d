using System.Text.Json;
using ClusterScheduler.Core.Reservations;

namespace ClusterScheduler.Core.Resources;

/// <summary>
/// Writes resources as Mesos' v1 JSON: a list of <c>Resource</c> objects with reservations as a stack. A shared volume
/// held several times is written as often.
/// </summary>
public static class ResourceJson
{
    /// <summary>Writes the list.</summary>
    public static void Write(Utf8JsonWriter writer, ResourceSet set)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartArray();
        foreach (var item in set.Items)
        {
            for (var copy = 0; copy < item.Copies; copy++)
            {
                WriteItem(writer, item);
            }
        }

        writer.WriteEndArray();
    }

    /// <summary>The list as text.</summary>
    public static string ToText(ResourceSet set)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            Write(writer, set);
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteItem(Utf8JsonWriter writer, ResourceItem item)
    {
        writer.WriteStartObject();
        writer.WriteString("name", item.Key.Name);
        writer.WriteString("type", item.Key.Kind.ToString().ToUpperInvariant());
        WriteValue(writer, item);
        if (!item.Key.Reservations.IsEmpty)
        {
            writer.WriteStartArray("reservations");
            foreach (var layer in item.Key.Reservations.Layers)
            {
                WriteLayer(writer, layer);
            }

            writer.WriteEndArray();
        }

        if (item.Key.Disk is { } disk)
        {
            WriteDisk(writer, disk);
        }

        WriteFlag(writer, "revocable", item.Key.IsRevocable);
        WriteFlag(writer, "shared", item.Key.IsShared);
        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, ResourceItem item)
    {
        switch (item.Key.Kind)
        {
            case ResourceKind.Scalar:
                writer.WriteStartObject("scalar");
                writer.WriteNumber("value", item.Amount.ToDecimal());
                break;
            case ResourceKind.Ranges:
                writer.WriteStartObject("ranges");
                writer.WriteStartArray("range");
                foreach (var range in item.Ranges!.Ranges)
                {
                    writer.WriteStartObject();
                    writer.WriteNumber("begin", range.Begin);
                    writer.WriteNumber("end", range.End);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteStartObject("set");
                writer.WriteStartArray("item");
                foreach (var name in item.Names!.Names)
                {
                    writer.WriteStringValue(name);
                }

                writer.WriteEndArray();
                break;
        }

        writer.WriteEndObject();
    }

    private static void WriteLayer(Utf8JsonWriter writer, Reservation layer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", layer.Kind.ToString().ToUpperInvariant());
        writer.WriteString("role", layer.Role.Value);
        WriteText(writer, "principal", layer.Principal);
        if (!layer.Labels.IsEmpty)
        {
            writer.WriteStartObject("labels");
            writer.WriteStartArray("labels");
            foreach (var label in layer.Labels.Labels)
            {
                writer.WriteStartObject();
                writer.WriteString("key", label.Key);
                WriteText(writer, "value", label.Value);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteDisk(Utf8JsonWriter writer, DiskInfo disk)
    {
        writer.WriteStartObject("disk");
        if (disk.Volume is { } volume)
        {
            writer.WriteStartObject("persistence");
            writer.WriteString("id", volume.Id);
            WriteText(writer, "principal", volume.Principal);
            writer.WriteEndObject();
            writer.WriteStartObject("volume");
            writer.WriteString("mode", "RW");
            writer.WriteString("container_path", volume.ContainerPath);
            writer.WriteEndObject();
        }

        if (disk.Source is { } source)
        {
            var kind = source.Kind.ToString();
            writer.WriteStartObject("source");
            writer.WriteString("type", kind.ToUpperInvariant());
            if (source.Root is not null)
            {
                writer.WriteStartObject(kind == nameof(DiskSourceKind.Mount) ? "mount" : "path");
                writer.WriteString("root", source.Root);
                writer.WriteEndObject();
            }

            WriteText(writer, "id", source.Id);
            WriteText(writer, "profile", source.Profile);
            WriteText(writer, "vendor", source.Vendor);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteFlag(Utf8JsonWriter writer, string name, bool isSet)
    {
        if (isSet)
        {
            writer.WriteStartObject(name);
            writer.WriteEndObject();
        }
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }
}
