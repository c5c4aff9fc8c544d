using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Master.Tests;

/// <summary>Offers that nobody answers.</summary>
public class HeldOfferTests : MasterScene
{
    [Fact]
    public void An_offer_held_beyond_the_timeout_is_rescinded_and_made_to_whoever_is_next()
    {
        Restart(TimeSpan.FromMilliseconds(100));
        Register("idle", "a");
        JoinAgent();
        var held = NextOffer("idle");
        Register("busy", "b");

        Assert.Equal(held.Id, Assert.Single(NextRescinded("idle")));
        Assert.Equal(Machine.Resources, NextOffer("busy").Resources);
    }

    [Fact]
    public void Without_a_timeout_an_offer_stays_and_its_holder_is_shown_as_a_hoarder()
    {
        Restart(null);
        Register("idle");
        JoinAgent();
        NextOffer("idle");

        AwaitAssert(() =>
        {
            var framework = Assert.Single(
                Ask<MasterProtocol.FrameworkList>(new MasterProtocol.ListFrameworks()).Frameworks);
            Assert.Null(framework.OfferTimeout);
            Assert.Equal(1, framework.Held!.Agents);
            Assert.True(framework.Held.CpuSeconds > 0);
            Assert.True(framework.Held.IsHoarder);
        });
    }

    [Fact]
    public void What_was_used_of_offers_is_counted()
    {
        Restart(TimeSpan.FromMinutes(5));
        var epoch = Register("f");
        JoinAgent();
        Launch("f", epoch, NextOffer("f").Id, Task("t", "cpus:1;mem:8"), TimeSpan.FromHours(1));

        AwaitAssert(() => Assert.Equal(0.25, Assert.Single(
            Ask<MasterProtocol.FrameworkList>(new MasterProtocol.ListFrameworks()).Frameworks).Held!.UsedPart));
    }

    private void Restart(TimeSpan? timeout)
    {
        Restart(MasterOptions.Default with
        {
            Allocator = AllocatorSettings.Default with
            {
                OfferTimeout = timeout,
                Hoarding = new HoardingRule(0.1, TimeSpan.FromMilliseconds(1)),
            },
        });
    }
}
