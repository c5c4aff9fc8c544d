namespace Akka.Actor;

/// <summary>Walks a selection and tells whom it finds. Nobody found: Identify is answered with nobody.</summary>
internal static class SelectionDelivery
{
    internal static void Deliver(ActorRefBase anchor, IActorRef? sender, ActorSelectionMessage selection)
    {
        var elements = selection.Elements;
        var current = anchor;
        for (var index = 0; index < elements.Length; index++)
        {
            if (!current.IsLocal)
            {
                // Steps that remain are taken where the actors are.
                current.Tell(
                    new ActorSelectionMessage(selection.Message, elements[index..], selection.WildCardFanOut), sender);
                return;
            }

            switch (elements[index])
            {
                case SelectParent:
                    current = current.Parent is Nobody ? current : current.Parent;
                    break;
                case SelectChildName named:
                    var child = current.GetChild([named.Name]);
                    if (child is Nobody)
                    {
                        NotFound(current, sender, selection, named.Name);
                        return;
                    }

                    current = child;
                    break;
                default:
                    FanOut(current, sender, selection, elements[index], elements[(index + 1)..]);
                    return;
            }
        }

        current.Tell(selection.Message, sender);
    }

    private static void FanOut(
        ActorRefBase parent, IActorRef? sender, ActorSelectionMessage selection, SelectionPathElement step,
        SelectionPathElement[] rest)
    {
        if (step is SelectChildRecursive)
        {
            TellAllBelow(parent, sender, selection.Message);
            return;
        }

        var pattern = (SelectChildPattern)step;
        var matching = parent.GetChildren().Where(child => pattern.Matches(child.Path.Name)).ToList();
        if (matching.Count == 0 && !selection.WildCardFanOut)
            NotFound(parent, sender, selection, pattern.PatternStr);
        foreach (var child in matching)
            Deliver(child, sender, new ActorSelectionMessage(selection.Message, rest, wildCardFanOut: true));
    }

    private static void TellAllBelow(ActorRefBase parent, IActorRef? sender, object message)
    {
        foreach (var child in parent.GetChildren())
        {
            child.Tell(message, sender);
            TellAllBelow(child, sender, message);
        }
    }

    private static void NotFound(ActorRefBase last, IActorRef? sender, ActorSelectionMessage selection, string missing)
    {
        if (selection.Message is Identify identify)
        {
            sender?.Tell(new ActorIdentity(identify.MessageId, null), ActorRefs.NoSender);
            return;
        }

        // One branch of several that came to nothing is no dead letter.
        if (!selection.WildCardFanOut && last.Owner is { } system)
            system.ToDeadLetters(selection.Message, sender, new EmptyLocalRef(system, last.Path.Child(missing)));
    }
}
