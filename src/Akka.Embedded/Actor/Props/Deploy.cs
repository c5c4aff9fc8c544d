namespace Akka.Actor;

/// <summary>Where and how an actor runs: dispatcher, mailbox, capacity of its stash.</summary>
public class Deploy : IEquatable<Deploy>
{
    public static readonly string NoDispatcherGiven = "";
    public static readonly string NoMailboxGiven = "";
    public const int NoStashSize = -1;
    public static readonly Deploy None = new();
    public static readonly Deploy Local = new();

    public Deploy()
    {
    }

    private Deploy(string path, string dispatcher, string mailbox, int stashCapacity)
    {
        Path = path;
        Dispatcher = dispatcher;
        Mailbox = mailbox;
        StashCapacity = stashCapacity;
    }

    public string Path { get; } = "";

    public string Dispatcher { get; } = NoDispatcherGiven;

    public string Mailbox { get; } = NoMailboxGiven;

    /// <summary>Messages that the stash may hold; <see cref="NoStashSize"/>: as the mailbox says.</summary>
    public int StashCapacity { get; } = NoStashSize;

    public virtual Deploy WithFallback(Deploy other) => new(
        Path.Length > 0 ? Path : other.Path,
        Dispatcher == NoDispatcherGiven ? other.Dispatcher : Dispatcher,
        Mailbox == NoMailboxGiven ? other.Mailbox : Mailbox,
        StashCapacity == NoStashSize ? other.StashCapacity : StashCapacity);

    public virtual Deploy WithDispatcher(string dispatcher) => new(Path, dispatcher, Mailbox, StashCapacity);

    public virtual Deploy WithMailbox(string mailbox) => new(Path, Dispatcher, mailbox, StashCapacity);

    public virtual Deploy WithStashCapacity(int stashSize) => new(Path, Dispatcher, Mailbox, stashSize);

    public bool Equals(Deploy? other) =>
        other is not null && Path == other.Path && Dispatcher == other.Dispatcher && Mailbox == other.Mailbox
        && StashCapacity == other.StashCapacity;

    public override bool Equals(object? obj) => Equals(obj as Deploy);

    public override int GetHashCode() => HashCode.Combine(Path, Dispatcher, Mailbox, StashCapacity);
}
