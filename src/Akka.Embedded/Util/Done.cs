namespace Akka;

/// <summary>The result of work that has no other result.</summary>
public sealed class Done
{
    public static readonly Done Instance = new();

    private Done()
    {
    }
}
