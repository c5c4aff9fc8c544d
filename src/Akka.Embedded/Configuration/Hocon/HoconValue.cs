using System.Globalization;

namespace Akka.Configuration.Hocon;

/// <summary>
/// What stands behind a key: pieces of text joined to one, lists joined to one, or one object.
/// </summary>
public class HoconValue : IMightBeAHoconObject
{
    public HoconValue() : this([])
    {
    }

    public HoconValue(List<IHoconElement> values, bool adoptedFromFallback = true)
    {
        Values = values;
        _ = adoptedFromFallback;
    }

    public List<IHoconElement> Values { get; private set; }

    public bool IsEmpty => Values.Count == 0 || (Values[0] is HoconObject first && first.Items.Count == 0);

    /// <summary>Where the value was written.</summary>
    internal HoconPosition Position { get; set; }

    /// <summary>
    /// Earlier assignments of the same key, oldest first, that may merge with the latest one: whether they do is
    /// known only when substitutions are resolved. Empty after that.
    /// </summary>
    internal List<List<IHoconElement>>? Layers { get; set; }

    internal HoconVisit Visit { get; set; }

    internal long Weight { get; set; }

    internal static HoconValue Of(IHoconElement element) => new([element]);

    internal void Replace(List<IHoconElement> elements) => Values = elements;

    public void AppendValue(IHoconElement value) => Values.Add(value);

    public void Clear() => Values.Clear();

    public void NewValue(IHoconElement value) => Values = [value];

    public bool IsString() => Values.Count > 0 && Values.TrueForAll(static element => element.IsString());

    public bool IsArray() => Values.Exists(static element => element.IsArray());

    public bool IsObject() => GetObject() is not null;

    public HoconObject? GetObject() => Values.Count == 0 ? null : Values[0] switch
    {
        HoconObject direct => direct,
        IMightBeAHoconObject indirect => indirect.GetObject(),
        _ => null,
    };

    public HoconValue? GetChildObject(string key) => GetObject()?.GetKey(key);

    /// <summary>The text, or null for <c>null</c> and for what is not text.</summary>
    public string? GetString()
    {
        if (!IsString() || Values is [HoconLiteral { Quoted: false, Value: "null" }])
        {
            return null;
        }

        return Values.Count == 1
            ? Values[0].GetString()
            : string.Concat(Values.Select(static element => element.GetString()));
    }

    public IList<HoconValue> GetArray() =>
        Values.Where(static element => element.IsArray()).SelectMany(static element => element.GetArray()).ToList();

    public bool GetBoolean() => GetString() switch
    {
        "on" or "true" => true,
        "off" or "false" => false,
        _ => throw Mismatch("true, false, on or off"),
    };

    public byte GetByte() =>
        byte.TryParse(GetString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number : throw Mismatch("a whole number from 0 to 255");

    public int GetInt() =>
        int.TryParse(GetString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number : throw Mismatch("a whole number of 32 bits");

    public long GetLong() =>
        long.TryParse(GetString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number : throw Mismatch("a whole number of 64 bits");

    public float GetFloat() =>
        float.TryParse(GetString(), CultureInfo.InvariantCulture, out var number) ? number : throw Mismatch("a number");

    public double GetDouble() =>
        double.TryParse(GetString(), CultureInfo.InvariantCulture, out var number)
            ? number : throw Mismatch("a number");

    public decimal GetDecimal() =>
        decimal.TryParse(GetString(), CultureInfo.InvariantCulture, out var number)
            ? number : throw Mismatch("a decimal number");

    public TimeSpan GetTimeSpan(bool allowInfinite = true) =>
        HoconDuration.TryParse(GetString(), allowInfinite, out var duration)
            ? duration
            : throw Mismatch(allowInfinite ? HoconDuration.Expected + " or infinite" : HoconDuration.Expected);

    public long? GetByteSize()
    {
        var text = GetString();
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return HoconByteSize.TryParse(text, out var bytes) ? bytes : throw Mismatch(HoconByteSize.Expected);
    }

    public IList<string> GetStringList() => ListOf(static value => value.GetString()!);

    public IList<bool> GetBooleanList() => ListOf(static value => value.GetBoolean());

    public IList<byte> GetByteList() => ListOf(static value => value.GetByte());

    public IList<int> GetIntList() => ListOf(static value => value.GetInt());

    public IList<long> GetLongList() => ListOf(static value => value.GetLong());

    public IList<float> GetFloatList() => ListOf(static value => value.GetFloat());

    public IList<double> GetDoubleList() => ListOf(static value => value.GetDouble());

    public IList<decimal> GetDecimalList() => ListOf(static value => value.GetDecimal());

    /// <summary>A configuration in which this value stands behind the given key.</summary>
    public Config AtKey(string key)
    {
        var holder = new HoconObject();
        holder.Items[key] = this;
        return new Config(new HoconRoot(Of(holder)));
    }

    public Config ToConfig() => new(new HoconRoot(this));

    public override string ToString() => HoconText.Of(this, 0);

    public virtual string ToString(int indent) => HoconText.Of(this, indent);

    private List<T> ListOf<T>(Func<HoconValue, T> read) => GetArray().Select(read).ToList();

    private FormatException Mismatch(string expected)
    {
        var found = IsString() ? GetString() is { } text ? $"'{text}'" : "null" : IsObject() ? "an object" : "a list";
        var where = Position.IsKnown ? $" ({Position})" : "";
        return new FormatException($"{found} is not {expected}{where}.");
    }
}

/// <summary>Progress of the pass that settles a value after parsing.</summary>
internal enum HoconVisit
{
    NotYet,
    Now,
    Done,
}
