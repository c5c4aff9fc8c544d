namespace Akka.Configuration.Hocon;

/// <summary>A place in a text; lines and columns count from 1. The default value is "nowhere".</summary>
internal readonly record struct HoconPosition(int Line, int Column)
{
    public bool IsKnown => Line > 0;

    public override string ToString() => IsKnown ? $"line {Line}, column {Column}" : "unknown position";
}
