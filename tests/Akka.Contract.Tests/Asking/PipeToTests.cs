using Akka.Actor;

namespace Akka.Contract.Tests.Asking;

public sealed class PipeToTests : Akka.TestKit.Xunit2.TestKit
{
    [Fact]
    public void A_result_is_sent()
    {
        Task.FromResult("done").PipeTo(TestActor);
        ExpectMsg("done");
    }

    [Fact]
    public void A_failure_is_sent_as_such()
    {
        Failing<string>().PipeTo(TestActor);
        Assert.Equal("on purpose", ExpectMsg<Status.Failure>().Cause.Message);
    }

    [Fact]
    public void Both_can_be_turned_into_messages()
    {
        Task.FromResult(1).PipeTo(TestActor, success: number => $"got {number}");
        ExpectMsg("got 1");
        Failing<int>().PipeTo(TestActor, failure: cause => $"failed: {cause.Message}");
        ExpectMsg("failed: on purpose");
    }

    [Fact]
    public void The_sender_can_be_named()
    {
        var probe = CreateTestProbe();
        Task.FromResult("done").PipeTo(TestActor, probe.Ref);
        ExpectMsgFrom<string>(probe.Ref);
    }

    [Fact]
    public void A_task_without_result_sends_only_what_success_makes()
    {
        Task.CompletedTask.PipeTo(TestActor);
        Task.CompletedTask.PipeTo(TestActor, success: () => "over");
        ExpectMsg("over");
    }

    [Fact]
    public void A_task_without_result_that_fails_is_sent()
    {
        Task failing = Failing<int>();
        failing.PipeTo(TestActor);
        ExpectMsg<Status.Failure>();
    }

    private static async Task<T> Failing<T>()
    {
        await Task.Yield();
        throw new InvalidOperationException("on purpose");
    }
}
