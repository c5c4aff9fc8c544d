using ClusterScheduler.Runtime.Cycles;

namespace ClusterScheduler.Runtime.Tests.Cycles;

public class StoredNameTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(StoredName.LengthMax)]
    public void An_id_that_has_room_is_the_name(int length)
    {
        var id = new string('x', length);

        Assert.Equal(id, StoredName.Of(id));
    }

    [Theory]
    [InlineData(StoredName.LengthMax + 1)]
    [InlineData(516)]
    [InlineData(10_000)]
    public void A_longer_one_has_a_name_of_its_own_that_has_room(int length)
    {
        var (one, other) = (new string('x', length), new string('x', length - 1) + "y");

        Assert.InRange(StoredName.Of(one).Length, 1, StoredName.LengthMax);
        Assert.StartsWith("~", StoredName.Of(one), StringComparison.Ordinal);
        Assert.NotEqual(StoredName.Of(one), StoredName.Of(other));
        Assert.Equal(StoredName.Of(one), StoredName.Of(new string('x', length)));
    }
}
