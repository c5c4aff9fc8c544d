using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Reservations;

/// <content>Volumes: made, resized and destroyed.</content>
public static partial class OperationRules
{
    /// <summary>The volumes in a set.</summary>
    public static IEnumerable<VolumeName> VolumesOf(ResourceSet set) => set.Items
        .Where(static item => item.Key.IsVolume)
        .Select(static item => new VolumeName(item.Key.Reservations.Role.Value, item.Key.Disk!.Volume!.Id));

    /// <summary>
    /// Whether new resources name a volume twice, or one of an id that there is in the same role among the others.
    /// </summary>
    public static bool SharesVolume(ResourceSet made, ResourceSet others) =>
        NamesVolumeTwice(made) || VolumesOf(made).Intersect(VolumesOf(others)).Any();

    /// <summary>Whether what would end are volumes that somebody uses: shared ones are offered all the same.</summary>
    /// <param name="conversion">What becomes what.</param>
    /// <param name="used">What tasks use, and what is about to be given to some.</param>
    public static OperationRefusal? CheckUse(ResourceConversion conversion, ResourceSet used)
    {
        ArgumentNullException.ThrowIfNull(conversion);
        var busy = conversion.Before.Shared.Intersect(used);
        return busy.IsEmpty ? null : new OperationRefusal(OperationFault.InUse, busy);
    }

    /// <summary>Disk beside a volume: of the same reservation and source, without the volume on it.</summary>
    /// <param name="volume">One volume.</param>
    /// <param name="amount">How much, in MiB.</param>
    /// <returns>Empty when there is no volume.</returns>
    public static ResourceSet DiskBeside(ResourceSet volume, Scalar amount) => ResourceSet.Of(volume.Items
        .Where(static item => item.Key.IsVolume).Take(1)
        .Select(item => new ResourceItem(WithoutVolume(item.Key), amount)));

    private static bool NamesVolumeTwice(ResourceSet set) =>
        !set.IsPlain && VolumesOf(set).GroupBy(static name => name).Any(static same => same.Count() > 1);

    /// <summary>GROW_VOLUME and SHRINK_VOLUME; not for shared volumes and whole disks, as in Mesos.</summary>
    private static OperationRefusal? Resize(ResourceOperation operation, out ResourceConversion? conversion)
    {
        var (kind, named, change) = (operation.Kind, operation.Resources, operation.Change);
        conversion = null;
        var isOne = named.Items.Count() == 1;
        var volume = named.Items.First();
        if (Unmade(volume, out _) is { } fault)
        {
            return new OperationRefusal(fault, named);
        }

        if (volume.Key.IsShared || volume.Key.Disk!.Source is { Kind: not DiskSourceKind.Path })
        {
            return new OperationRefusal(OperationFault.FixedSize, named);
        }

        var by = change.Items.FirstOrDefault();
        if (!isOne || change.IsEmpty || change != DiskBeside(named, by.Amount)
            || (kind == OperationKind.ShrinkVolume && by.Amount >= volume.Amount))
        {
            return new OperationRefusal(OperationFault.WrongChange, named, change);
        }

        conversion = kind == OperationKind.GrowVolume
            ? new ResourceConversion(named + change, ResourceSet.Of(volume with { Amount = volume.Amount + by.Amount }))
            : new ResourceConversion(
                named, ResourceSet.Of(volume with { Amount = volume.Amount - by.Amount }) + change);
        return null;
    }

    private static OperationFault? Unmade(in ResourceItem item, out ResourceItem other)
    {
        other = item;
        if (item.Key is not { Disk.Volume: { } volume, IsUnreserved: false })
        {
            return OperationFault.NotAVolume;
        }

        if (!IsFileName(volume.Id) || !IsRelative(volume.ContainerPath))
        {
            return OperationFault.VolumeName;
        }

        other = item.WithKey(WithoutVolume(item.Key));
        return null;
    }

    private static ResourceKey WithoutVolume(ResourceKey key) => key.IsVolume
        ? new ResourceKey(key.Name, key.Kind, key.Reservations, key.Disk! with { Volume = null })
        : key;

    private static bool IsFileName(string id) => id is not ("" or "." or "..") && id.Length <= 255
        && !id.Any(static letter => letter is '/' or '\\' || char.IsControl(letter));

    private static bool IsRelative(string path) => path.Length is > 0 and <= 1024 && path[0] != '/'
        && path.Split('/').All(static part => part is not ("" or "." or "..")) && !path.Any(char.IsControl);
}
