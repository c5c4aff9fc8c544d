namespace Akka.Configuration.Hocon;

/// <summary>Keys with their values, in the order in which they were first written.</summary>
public class HoconObject : IHoconElement
{
    public Dictionary<string, HoconValue> Items { get; private init; } = [];

    public IDictionary<string, object> Unwrapped =>
        Items.ToDictionary(item => item.Key, item => (object?)item.Value.GetObject()?.Unwrapped ?? item.Value);

    public bool IsString() => false;

    public string GetString() => throw new NotSupportedException("An object is not text.");

    public bool IsArray() => false;

    public IList<HoconValue> GetArray() => throw new NotSupportedException("An object is not a list.");

    public HoconValue? GetKey(string key) => Items.GetValueOrDefault(key);

    public HoconValue GetOrCreateKey(string key)
    {
        if (!Items.TryGetValue(key, out var value))
        {
            Items.Add(key, value = new HoconValue());
        }

        return value;
    }

    /// <summary>Lays the other object over this one: its keys win, objects under the same key merge.</summary>
    public void Merge(HoconObject other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var (key, value) in other.Items)
        {
            Items[key] = Items.TryGetValue(key, out var mine) ? Overlay(mine, value) : value;
        }
    }

    /// <summary>A new object: this one with the other laid over it. Neither of the two changes.</summary>
    internal HoconObject OverlaidBy(HoconObject other)
    {
        var merged = new HoconObject { Items = new Dictionary<string, HoconValue>(Items) };
        merged.Merge(other);
        return merged;
    }

    public override string ToString() => HoconText.Of(this, 0);

    public string ToString(int indent) => HoconText.Of(this, indent);

    private static HoconValue Overlay(HoconValue below, HoconValue above) =>
        below.GetObject() is { } lower && above.GetObject() is { } upper
            ? HoconValue.Of(lower.OverlaidBy(upper))
            : above;
}
