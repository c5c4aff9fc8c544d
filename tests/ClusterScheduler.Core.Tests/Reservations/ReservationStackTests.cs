using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Reservations;

public sealed class ReservationStackTests
{
    private static readonly Reservation Ads = Reservation.Static(RoleName.Parse("ads"));
    private static readonly Reservation Web = Reservation.Dynamic(RoleName.Parse("ads/web"), "ann");

    [Fact]
    public void Refinement_pushes_a_descendant_and_undoing_pops_one_layer()
    {
        Assert.True(ReservationStack.Empty.TryPush(Ads, out var one, out _));
        Assert.True(one.TryPush(Web, out var two, out _));
        Assert.True(two.IsRefined);
        Assert.Equal("ads/web", two.Role.Value);
        Assert.True(two.TryPop(out var back, out _));
        Assert.Equal(one, back);
        Assert.False(back.TryPop(out _, out var refusal));
        Assert.Equal(ReservationRefusal.StaticCannotBeUndone, refusal);
    }

    [Theory]
    [InlineData("*", ReservationKind.Dynamic, ReservationRefusal.ToEveryone)]
    [InlineData("ads", ReservationKind.Dynamic, ReservationRefusal.NotADescendant)]
    [InlineData("other", ReservationKind.Dynamic, ReservationRefusal.NotADescendant)]
    [InlineData("adsx/y", ReservationKind.Dynamic, ReservationRefusal.NotADescendant)]
    [InlineData("ads/web", ReservationKind.Static, ReservationRefusal.StaticAboveOther)]
    [InlineData("ads/web", ReservationKind.Dynamic, ReservationRefusal.None)]
    public void A_layer_that_does_not_refine_is_refused(string role, ReservationKind kind, ReservationRefusal expected)
    {
        Assert.True(ReservationStack.Empty.TryPush(Ads, out var stack, out _));
        stack.TryPush(new Reservation(kind, RoleName.Parse(role), null, LabelSet.Empty), out _, out var refusal);
        Assert.Equal(expected, refusal);
    }

    [Theory]
    [InlineData("ads", true)]
    [InlineData("ads/web", true)]
    [InlineData("other", false)]
    [InlineData("*", false)]
    public void Reserved_resources_are_for_the_role_and_its_descendants(string role, bool expected)
    {
        Assert.True(ReservationStack.Empty.TryPush(Ads, out var stack, out _));
        Assert.Equal(expected, stack.IsOfferableTo(RoleName.Parse(role)));
        Assert.True(ReservationStack.Empty.IsOfferableTo(RoleName.Parse(role)));
    }

    [Fact]
    public void Other_labels_or_another_principal_make_another_reservation()
    {
        var labelled = ResourceSet.Parse("cpus(+a{k=1}):1;cpus(+a{k=2}):1;cpus(+a@p):1;cpus(+a@q):1;cpus(+a):1");
        Assert.Equal(5, labelled.Items.Count());
        var one = ResourceSet.Parse("cpus(+a{k=1}):1");
        Assert.Equal("cpus(+a{k=1}):2", (one + one).ToString());
    }
}
