namespace ClusterScheduler.Core.Jobs.Format;

/// <summary>What a job file means where it says nothing and no part of the model has a default of its own.</summary>
public static class JobFileDefaults
{
    /// <summary>The role of a job that names none.</summary>
    public const string Role = "default";

    /// <summary>The environment of a job that names none (Aurora's word for trying things out).</summary>
    public const string Environment = "devel";
}
