namespace ClusterScheduler.Core.Resources;

/// <summary>The resource names that every part of the product knows. Any other name is a custom resource.</summary>
public static class ResourceNames
{
    /// <summary>Processor time, in cores.</summary>
    public const string Cpus = "cpus";

    /// <summary>Memory, in MiB.</summary>
    public const string Mem = "mem";

    /// <summary>Disk space, in MiB.</summary>
    public const string Disk = "disk";

    /// <summary>Whole graphics processors.</summary>
    public const string Gpus = "gpus";

    /// <summary>Network ports, as ranges.</summary>
    public const string Ports = "ports";

    /// <summary>Longest accepted name; a bound of this product.</summary>
    public const int CharactersMax = 128;

    /// <summary>Position of the name among cpus, mem, disk, gpus; -1 for any other.</summary>
    public static int MainIndex(string name) => name switch
    {
        Cpus => 0,
        Mem => 1,
        Disk => 2,
        Gpus => 3,
        _ => -1,
    };

    /// <summary>The name at a position of <see cref="MainIndex"/>.</summary>
    public static string MainName(int index) => index switch
    {
        0 => Cpus,
        1 => Mem,
        2 => Disk,
        3 => Gpus,
        _ => throw new ArgumentOutOfRangeException(nameof(index), index, "0 to 3"),
    };

    /// <summary>Whether the text can name a resource: not empty, no space, no character of the text form.</summary>
    public static bool IsValid(string? name) =>
        name is { Length: > 0 and <= CharactersMax } && name == ResourceText.Escape(name);
}
