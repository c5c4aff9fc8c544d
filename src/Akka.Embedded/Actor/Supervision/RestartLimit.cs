namespace Akka.Actor.Internal;

/// <summary>How many restarts a child may have within which time; -1 and no window mean without limit.</summary>
internal readonly record struct RestartLimit(int RestartsMax, TimeSpan Window)
{
    private static readonly TimeSpan NoWindow = TimeSpan.FromMilliseconds(-1);

    internal static RestartLimit From(int? restartsMax, TimeSpan? window) =>
        new(restartsMax ?? -1, window is { } given && given > TimeSpan.Zero ? given : NoWindow);
}
