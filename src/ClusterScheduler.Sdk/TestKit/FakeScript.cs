namespace ClusterScheduler.Sdk.TestKit;

/// <summary>What the test tells the fake to do.</summary>
internal abstract record FakeScript : INoSerializationVerificationNeeded
{
    private FakeScript()
    {
    }

    public sealed record Offer(ImmutableArray<Core.Offers.Offer> Offers) : FakeScript;

    public sealed record Rescind(OfferId OfferId) : FakeScript;

    public sealed record AskToLeave(InverseOffer Inverse) : FakeScript;

    public sealed record RescindInverse(OfferId OfferId) : FakeScript;

    public sealed record Update(StatusUpdate Status) : FakeScript;

    public sealed record SendNow(StatusUpdate Status) : FakeScript;

    public sealed record ShowAgents(ImmutableArray<FreeAgent> Agents) : FakeScript;

    public sealed record RefuseNext(TransactionRefusal Refusal) : FakeScript;

    public sealed record LoseAgent(AgentId AgentId, bool Gone) : FakeScript;

    public sealed record FailOver : FakeScript;

    public sealed record Crash : FakeScript;

    public sealed record CutOff(bool IsCut) : FakeScript;

    public sealed record LoseNextCall : FakeScript;

    public sealed record LoseNextEvent : FakeScript;

    public sealed record End(string Message) : FakeScript;

    public sealed record Settle : FakeScript;

    public sealed record AwaitHeartbeats(int Count) : FakeScript;

    /// <summary>Answers the two before.</summary>
    public sealed record Settled : FakeScript;

    public sealed record RunTasks(Func<TaskInfo, TaskState> Outcome) : FakeScript;
}
