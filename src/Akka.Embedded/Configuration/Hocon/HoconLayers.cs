namespace Akka.Configuration.Hocon;

/// <summary>
/// Assignment while a text is read. Two plain objects merge at once; when a substitution is involved, whether they
/// merge is known only later, so the earlier value is kept as a layer below the later one.
/// </summary>
internal static class HoconLayers
{
    /// <summary>The object to write into when more keys follow below this value.</summary>
    public static HoconObject ObjectUnder(HoconValue value)
    {
        if (value.Values is [HoconObject plain])
        {
            return plain;
        }

        var items = new HoconObject();
        Push(value);
        value.Replace([items]);
        return items;
    }

    public static void Assign(HoconObject owner, string key, HoconValue fresh)
    {
        if (!owner.Items.TryGetValue(key, out var value))
        {
            owner.Items[key] = fresh;
            return;
        }

        foreach (var layer in fresh.Layers ?? [])
        {
            Assign(value, layer);
        }

        Assign(value, fresh.Values);
        value.Position = fresh.Position;
    }

    /// <summary>The value of <c>key += element</c>.</summary>
    public static HoconValue Append(HoconValue? before, HoconValue element, HoconPosition position)
    {
        var list = new HoconArray { element };
        if (before is null)
        {
            return new HoconValue([list]) { Position = position };
        }

        if (before.Values.Exists(static piece => piece is HoconLiteral { IsBlank: false } or HoconObject))
        {
            throw HoconCursor.Error(position, "'+=' adds to a list, but the key holds something else.");
        }

        return new HoconValue([.. before.Values, list]) { Position = position };
    }

    public static HoconValue Snapshot(HoconValue value) => new([.. value.Values])
    {
        Position = value.Position,
        Layers = value.Layers is null ? null : [.. value.Layers],
    };

    private static void Assign(HoconValue value, List<IHoconElement> fresh)
    {
        if (value.Values is [HoconObject mine] && fresh is [HoconObject theirs])
        {
            foreach (var (key, item) in theirs.Items)
            {
                Assign(mine, key, item);
            }

            return;
        }

        if (fresh[0] is HoconLiteral or HoconArray)
        {
            value.Layers = null;
        }
        else
        {
            Push(value);
        }

        value.Replace(fresh);
    }

    private static void Push(HoconValue value)
    {
        if (value.Values.Count > 0)
        {
            (value.Layers ??= []).Add(value.Values);
        }
    }
}
