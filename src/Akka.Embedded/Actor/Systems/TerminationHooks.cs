namespace Akka.Actor;

/// <summary>What is run when a system has ended, last registered first; then the system counts as ended.</summary>
internal sealed class TerminationHooks
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Stack<Action> _hooks = new();
    private bool _ended;

    internal Task WhenDone => _done.Task;

    internal void Add(Action code)
    {
        lock (_hooks)
        {
            if (_ended)
                throw new InvalidOperationException("The actor system has ended already: the code would never run.");
            _hooks.Push(code);
        }
    }

    internal void Complete()
    {
        List<Exception>? failures = null;
        foreach (var hook in TakeAll())
        {
            try
            {
                hook();
            }
            catch (Exception failure)
            {
                (failures ??= []).Add(failure);
            }
        }

        if (failures is null)
            _done.TrySetResult();
        else
            _done.TrySetException(failures);
    }

    private Action[] TakeAll()
    {
        lock (_hooks)
        {
            _ended = true;
            Action[] hooks = [.. _hooks];
            _hooks.Clear();
            return hooks;
        }
    }
}
