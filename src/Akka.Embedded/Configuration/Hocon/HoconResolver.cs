namespace Akka.Configuration.Hocon;

/// <summary>
/// Finds what each substitution stands for, then settles every value: merges layers and objects, refuses cycles,
/// mixtures of kinds, and texts that expand without end.
/// </summary>
internal sealed class HoconResolver(HoconValue root, List<HoconSubstitution> substitutions)
{
    /// <summary>Pieces of values after all substitutions; a few lines can otherwise stand for gigabytes.</summary>
    private const long ExpansionLimit = 10_000_000;

    private int _depth;
    private long _steps;

    public void Resolve()
    {
        foreach (var substitution in substitutions)
        {
            LookUp(substitution);
        }

        Settle(root);
    }

    private void LookUp(HoconSubstitution substitution)
    {
        if (substitution.Looked)
        {
            return;
        }

        if (substitution.Looking)
        {
            throw Error(substitution, "refers to itself");
        }

        Enter(substitution.Position);
        substitution.Looking = true;
        var found = root;
        foreach (var key in HoconPath.Split(substitution.Path))
        {
            found = found is null ? null : Child(found, key);
        }

        substitution.Looking = false;
        substitution.Looked = true;
        substitution.ResolvedValue = found;
        _depth--;
        if (found is null && !substitution.Optional)
        {
            throw Error(substitution, "has no value in this text");
        }
    }

    /// <summary>What stands under the key in any layer: one value, or several that may merge, as layers.</summary>
    private HoconValue? Child(HoconValue value, string key)
    {
        Enter(value.Position);
        if (++_steps > ExpansionLimit)
        {
            throw HoconCursor.Error(value.Position, 
                $"Finding the substitutions takes more than {ExpansionLimit} steps.");
        }

        var found = new List<HoconValue>();
        foreach (var layer in value.Layers ?? [])
        {
            Collect(layer, key, found);
        }

        Collect(value.Values, key, found);
        _depth--;
        if (found.Count < 2)
        {
            return found.Count == 0 ? null : found[0];
        }

        var merged = HoconLayers.Snapshot(found[^1]);
        merged.Layers = [];
        foreach (var below in found)
        {
            merged.Layers.AddRange(below.Layers ?? []);
            if (!ReferenceEquals(below, found[^1]))
            {
                merged.Layers.Add(below.Values);
            }
        }

        return merged;
    }

    private void Collect(List<IHoconElement> layer, string key, List<HoconValue> found)
    {
        foreach (var element in layer)
        {
            var child = element switch
            {
                HoconObject items => items.GetKey(key),
                HoconSubstitution substitution => ChildOf(substitution, key),
                _ => null,
            };
            if (child is not null)
            {
                found.Add(child);
            }
        }
    }

    private HoconValue? ChildOf(HoconSubstitution substitution, string key)
    {
        LookUp(substitution);
        return substitution.ResolvedValue is { } target ? Child(target, key) : null;
    }

    private void Settle(HoconValue value)
    {
        if (value.Visit == HoconVisit.Done)
        {
            return;
        }

        if (value.Visit == HoconVisit.Now)
        {
            throw HoconCursor.Error(value.Position, "The value refers to itself through its substitutions.");
        }

        Enter(value.Position);
        value.Visit = HoconVisit.Now;
        value.Weight = 1;
        var settled = SettlePieces(value, value.Values);
        for (var i = (value.Layers?.Count ?? 0) - 1; i >= 0 && (settled.Count == 0 || IsObject(settled)); i--)
        {
            var below = SettlePieces(value, value.Layers![i]);
            if (settled.Count > 0 && !IsObject(below))
            {
                break;
            }

            settled = [.. below, .. settled];
        }

        value.Layers = null;
        value.Replace(IsObject(settled) ? [Merged(settled)] : settled);
        value.Visit = HoconVisit.Done;
        _depth--;
    }

    private List<IHoconElement> SettlePieces(HoconValue owner, List<IHoconElement> pieces)
    {
        var settled = new List<IHoconElement>(pieces.Count);
        foreach (var piece in pieces)
        {
            switch (piece)
            {
                case HoconObject items:
                    SettleItems(owner, items);
                    break;
                case HoconArray list:
                    list.ForEach(element => Count(owner, element));
                    list.RemoveAll(static element => element.Values.Count == 0);
                    break;
                case HoconSubstitution substitution:
                    if (IsNothing(owner, substitution))
                    {
                        continue;
                    }

                    break;
                default:
                    break;
            }

            settled.Add(piece);
        }

        return WithoutBlanksAround(owner, settled);
    }

    private bool IsNothing(HoconValue owner, HoconSubstitution substitution)
    {
        if (substitution.ResolvedValue is not { } target)
        {
            return true;
        }

        Count(owner, target);
        return target.Values.Count == 0;
    }

    private void SettleItems(HoconValue owner, HoconObject items)
    {
        foreach (var (key, value) in items.Items.ToArray())
        {
            var optional = value.Values is [HoconSubstitution, ..];
            Count(owner, value);
            if (optional && value.Values.Count == 0)
            {
                items.Items.Remove(key);
            }
        }
    }

    private void Count(HoconValue owner, HoconValue part)
    {
        Settle(part);
        owner.Weight += part.Weight;
        if (owner.Weight > ExpansionLimit)
        {
            throw HoconCursor.Error(owner.Position, $"Substitutions expand to more than {ExpansionLimit} pieces.");
        }
    }

    /// <summary>Blanks matter between texts only; lists and objects join only with their own kind.</summary>
    private static List<IHoconElement> WithoutBlanksAround(HoconValue owner, List<IHoconElement> pieces)
    {
        var lists = pieces.Exists(static piece => piece.IsArray());
        var objects = pieces.Exists(IsObject);
        if (!lists && !objects)
        {
            return pieces;
        }

        pieces.RemoveAll(static piece => piece is HoconLiteral { IsBlank: true });
        if (pieces.Exists(piece => lists ? !piece.IsArray() : !IsObject(piece)))
        {
            throw HoconCursor.Error(owner.Position, "A value joins pieces of different kinds: text, list or object.");
        }

        return pieces;
    }

    private static bool IsObject(IHoconElement piece) => piece is HoconObject or HoconSubstitution
    {
        ResolvedValue.Values: [HoconObject]
    };

    private static bool IsObject(List<IHoconElement> pieces) => pieces.Count > 0 && pieces.TrueForAll(IsObject);

    private static HoconObject Merged(List<IHoconElement> pieces)
    {
        var merged = ObjectOf(pieces[0]);
        for (var i = 1; i < pieces.Count; i++)
        {
            merged = merged.OverlaidBy(ObjectOf(pieces[i]));
        }

        return merged;
    }

    private static HoconObject ObjectOf(IHoconElement piece) =>
        piece as HoconObject ?? ((HoconSubstitution)piece).GetObject()!;

    private void Enter(HoconPosition position)
    {
        if (++_depth > 2 * Parser.DepthLimit)
        {
            throw HoconCursor.Error(position, 
                $"Values and substitutions are nested more than {_depth - 1} levels deep.");
        }
    }

    private static ConfigurationException Error(HoconSubstitution substitution, string what) =>
        HoconCursor.Error(substitution.Position, $"{substitution} {what}.");
}
