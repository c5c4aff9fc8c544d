namespace Akka.Actor;

/// <summary>Reads the text of a selection.</summary>
internal static class SelectionFactory
{
    internal static ActorSelection Create(string path, ActorSystemImpl system, ActorRefBase relativeTo)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path.Contains("://", StringComparison.Ordinal))
            return Create(ActorPath.Parse(path), system);
        return path[0] == '/'
            ? new ActorSelection(system.RootGuardian, path[1..].Split('/'))
            : new ActorSelection(relativeTo, path.Split('/'));
    }

    internal static ActorSelection Create(ActorPath path, ActorSystemImpl system) =>
        new(system.RefProvider.RootGuardianAt(path.Address), path.Elements);

    internal static SelectionPathElement[] Steps(IEnumerable<string> elements)
    {
        var steps = new List<SelectionPathElement>();
        foreach (var element in elements)
        {
            if (steps is [.., SelectChildRecursive])
                throw new IllegalActorNameException(
                    "'**' takes everything below; nothing can follow it in a selection.");
            if (element.Length > 0)
                steps.Add(Step(element));
        }

        return [.. steps];
    }

    private static SelectionPathElement Step(string element) => element switch
    {
        ".." => SelectParent.Instance,
        "**" => SelectChildRecursive.Instance,
        _ when element.Contains('*', StringComparison.Ordinal) || element.Contains('?', StringComparison.Ordinal) =>
            new SelectChildPattern(element),
        _ => new SelectChildName(element),
    };
}
