namespace ClusterScheduler.Runtime.Commands;

/// <summary>Asks one question, to learn not only the answer but also where it comes from.</summary>
internal static class WhoAnswers
{
    /// <summary>None when nobody has answered in time.</summary>
    /// <param name="call">The command.</param>
    /// <param name="whom">Who is asked, or a proxy.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="patience">How long the answer may take.</param>
    public static async Task<Found?> Ask(CommandCall call, IActorRef whom, object question, TimeSpan patience)
    {
        var answered = new TaskCompletionSource<Found?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var asking = call.System.ActorOf(Props.Create(() => new Asking(whom, question, answered)));
        try
        {
            return await answered.Task.WaitAsync(patience, call.Cancelled);
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            call.System.Stop(asking);
        }
    }

    /// <param name="Node">Of the actor that answered; without a host: this one.</param>
    /// <param name="Answer">What it said.</param>
    public sealed record Found(Address Node, object Answer);

    private sealed class Asking : ReceiveActor
    {
        public Asking(IActorRef whom, object question, TaskCompletionSource<Found?> answered)
        {
            ReceiveAny(answer => answered.TrySetResult(new Found(Sender.Path.Address, answer)));
            whom.Tell(question);
        }
    }
}
