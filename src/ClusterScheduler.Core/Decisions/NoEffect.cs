namespace ClusterScheduler.Core.Decisions;

/// <summary>For entities whose decisions carry no effects: the family without members.</summary>
public abstract record NoEffect
{
    private NoEffect()
    {
    }
}
