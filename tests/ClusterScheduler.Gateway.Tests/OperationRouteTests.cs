using System.Net;
using System.Text;
using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Gateway.Tests;

/// <summary>POST /v1/agents/AGENT/operations.</summary>
public sealed class OperationRouteTests
{
    [Theory]
    [InlineData("""{"kind":"reserve","resources":"cpus(+eng):2","source":"cpus(+ads):2"}""",
        OperationKind.Reserve, "cpus(+eng):2", "cpus(+ads):2", "")]
    [InlineData("""{"kind":"growVolume","resources":"disk(+eng)[id=v,path=p]:8","amount":4.5}""",
        OperationKind.GrowVolume, "disk(+eng)[id=v,path=p]:8", "", "disk(+eng):4.5")]
    [InlineData("""{"kind":"shrinkVolume","resources":"disk(+eng)[id=v,path=p]:8","amount":4}""",
        OperationKind.ShrinkVolume, "disk(+eng)[id=v,path=p]:8", "", "disk(+eng):4")]
    public async Task An_operation_is_handed_to_the_master(
        string body, OperationKind kind, string resources, string source, string change)
    {
        await using var cluster = await FakeCluster.Start();
        using var client = cluster.Client();
        using var post = await client.PostAsync("/v1/agents/host-1/operations", Json(body));
        Assert.Equal(HttpStatusCode.OK, post.StatusCode);
        var apply = Assert.IsType<MasterProtocol.ApplyOperation>(cluster.Answers.Asked[^1]);
        Assert.Equal(
            new ResourceOperation(kind, ResourceSet.Parse(resources))
            {
                Source = ResourceSet.Parse(source),
                Change = ResourceSet.Parse(change),
            },
            apply.Operation);
    }

    [Theory]
    [InlineData("""{"kind":"eat","resources":"cpus:1"}""")]
    [InlineData("""{"kind":"4","resources":"cpus:1"}""")]
    [InlineData("""{"kind":"reserve","resources":"cpus"}""")]
    [InlineData("""{"kind":"reserve","resources":"cpus(+eng):1","amount":1}""")]
    [InlineData("""{"kind":"reserve","resources":"cpus(+eng):1","source":"cpus"}""")]
    [InlineData("""{"kind":"unreserve","resources":"cpus(+eng):1","source":"cpus:1"}""")]
    [InlineData("""{"kind":"growVolume","resources":"disk(+eng)[id=v,path=p]:8"}""")]
    [InlineData("""{"kind":"growVolume","resources":"disk(+eng)[id=v,path=p]:8","amount":-1}""")]
    public async Task A_body_that_is_not_right_is_refused_before_anybody_is_asked(string body)
    {
        await using var cluster = await FakeCluster.Start();
        using var client = cluster.Client();
        using var post = await client.PostAsync("/v1/agents/host-1/operations", Json(body));
        Assert.Equal(HttpStatusCode.BadRequest, post.StatusCode);
        Assert.Empty(cluster.Answers.Asked);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
