namespace ClusterScheduler.Sdk.Tests;

public sealed class UpdateMemoryTests
{
    private readonly UpdateMemory _memory = new(rememberedMax: 2);

    [Fact]
    public void An_update_is_first_then_waiting_then_acknowledged()
    {
        var uuid = Guid.NewGuid();
        Assert.Equal(UpdateMemory.Meeting.First, _memory.Meet(uuid));
        Assert.Equal(UpdateMemory.Meeting.Waiting, _memory.Meet(uuid));
        _memory.Acknowledge(uuid);
        Assert.Equal(UpdateMemory.Meeting.Acknowledged, _memory.Meet(uuid));
    }

    [Fact]
    public void Only_the_last_ones_are_remembered()
    {
        Guid[] uuids = [Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid()];
        foreach (var uuid in uuids)
        {
            _memory.Meet(uuid);
            _memory.Acknowledge(uuid);
            _memory.Acknowledge(uuid);
        }

        Assert.Equal(UpdateMemory.Meeting.First, _memory.Meet(uuids[0]));
        Assert.Equal(UpdateMemory.Meeting.Acknowledged, _memory.Meet(uuids[1]));
        Assert.Equal(UpdateMemory.Meeting.Acknowledged, _memory.Meet(uuids[2]));
    }
}
