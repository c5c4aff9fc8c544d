using System.Buffers.Text;
using System.Text.Json;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Protocol.Wire;

/// <summary>
/// Resources in Mesos' text form, such as <c>cpus:0.5;mem:128;ports:[31000-31001]</c>, which is exact. Plain sets of
/// unreserved cpus, mem, disk and gpus, which nearly all are, are written and read without an object in between.
/// </summary>
internal sealed class ResourceSetCodec : WireCodec<ResourceSet>
{
    private const int PlainBytesMax = 4 * 32;
    private const int Decimals = 3;

    public override string Name => "resources";

    public override void Write(Utf8JsonWriter writer, ResourceSet value)
    {
        if (!value.IsPlain)
        {
            writer.WriteStringValue(value.ToString());
            return;
        }

        Span<byte> text = stackalloc byte[PlainBytesMax];
        var length = 0;
        Append(text, ref length, "cpus:"u8, value.Cpus);
        Append(text, ref length, "mem:"u8, value.Mem);
        Append(text, ref length, "disk:"u8, value.Disk);
        Append(text, ref length, "gpus:"u8, value.Gpus);
        writer.WriteStringValue(text[..length]);
    }

    public override ResourceSet Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw Expected(Name, ref reader);
        }

        if (!reader.HasValueSequence && TryReadPlain(reader.ValueSpan, out var plain))
        {
            return plain;
        }

        return ResourceSet.TryParse(reader.GetString(), out var set, out var refusal)
            ? set
            : throw new WireFormatException($"not a text form of resources: {refusal}");
    }

    public override bool IsMissing(ResourceSet value) => value.IsEmpty;

    private static void Append(Span<byte> text, ref int length, ReadOnlySpan<byte> name, Scalar amount)
    {
        if (amount.IsZero)
        {
            return;
        }

        if (length > 0)
        {
            text[length++] = (byte)';';
        }

        name.CopyTo(text[length..]);
        length += name.Length;
        Utf8Formatter.TryFormat(amount.Thousandths / Scalar.One, text[length..], out var digits);
        length += digits;
        var rest = (int)Math.Abs(amount.Thousandths % Scalar.One);
        if (rest == 0)
        {
            return;
        }

        text[length++] = (byte)'.';
        for (var unit = 100; rest > 0; unit /= 10)
        {
            text[length++] = (byte)('0' + (rest / unit));
            rest %= unit;
        }
    }

    private static bool TryReadPlain(ReadOnlySpan<byte> text, out ResourceSet set)
    {
        Span<long> amounts = stackalloc long[4];
        set = default;
        while (text.Length > 0)
        {
            var index = text.StartsWith("cpus:"u8) ? 0
                : text.StartsWith("mem:"u8) ? 1
                : text.StartsWith("disk:"u8) ? 2
                : text.StartsWith("gpus:"u8) ? 3
                : -1;
            if (index < 0 || amounts[index] != 0
                || !TryReadAmount(text[(index == 1 ? 4 : 5)..], out amounts[index], out text)
                || (index == 3 && amounts[index] % Scalar.One != 0))
            {
                return false;
            }
        }

        set = ResourceSet.Of(new Scalar(amounts[0]), new Scalar(amounts[1]), new Scalar(amounts[2]),
            new Scalar(amounts[3]));
        return true;
    }

    /// <summary>Reads what <see cref="Append"/> writes; anything else is left to the whole text form.</summary>
    private static bool TryReadAmount(ReadOnlySpan<byte> text, out long thousandths, out ReadOnlySpan<byte> rest)
    {
        long number = 0;
        int at = 0, decimals = -1;
        for (; at < text.Length && text[at] != ';'; at++)
        {
            if (text[at] == '.' && decimals < 0 && at > 0)
            {
                decimals = 0;
            }
            else if (text[at] is >= (byte)'0' and <= (byte)'9' && at < 18 && decimals < Decimals)
            {
                number = (number * 10) + (text[at] - '0');
                decimals += decimals < 0 ? 0 : 1;
            }
            else
            {
                thousandths = 0;
                rest = default;
                return false;
            }
        }

        for (var missing = Math.Max(decimals, 0); missing < Decimals; missing++)
        {
            number *= 10;
        }

        thousandths = number;
        rest = at < text.Length ? text[(at + 1)..] : default;
        return at > 0 && number > 0 && number <= Scalar.Max.Thousandths;
    }
}
