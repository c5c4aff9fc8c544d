namespace ClusterScheduler.Runtime.Entities;

/// <summary>
/// Where the parts of the cluster are spoken to from this node: set once at start, by the code that knows whether
/// the node is alone or one of many.
/// </summary>
public sealed class ClusterRefs : IExtension
{
    private IActorRef? master;
    private IActorRef? frameworks;
    private IActorRef? tasks;

    /// <summary>The master, or the proxy that finds it.</summary>
    public IActorRef Master => master ?? throw NotSet(nameof(Master));

    /// <summary>Takes every <see cref="Protocol.IFrameworkMessage"/> to its entity.</summary>
    public IActorRef Frameworks => frameworks ?? throw NotSet(nameof(Frameworks));

    /// <summary>Takes every <see cref="Protocol.ITaskMessage"/> to its entity.</summary>
    public IActorRef Tasks => tasks ?? throw NotSet(nameof(Tasks));

    /// <summary>The service scheduler, or the proxy that finds it; none on a node that does not speak to it.</summary>
    public IActorRef? Services { get; private set; }

    /// <summary>The refs of this actor system.</summary>
    public static ClusterRefs Of(ActorSystem system) => system.WithExtension<ClusterRefs, ClusterRefsProvider>();

    /// <summary>Says where they are. The entities may be spoken to only after all three are set.</summary>
    public void Set(IActorRef masterRef, IActorRef frameworksRef, IActorRef tasksRef) =>
        (master, frameworks, tasks) = (masterRef, frameworksRef, tasksRef);

    /// <summary>Says where the service scheduler is.</summary>
    public void SetServices(IActorRef servicesRef) => Services = servicesRef;

    private static InvalidOperationException NotSet(string name) =>
        new($"{name} is asked for before the node's bootstrap has said where it is");
}

/// <summary>Registers <see cref="ClusterRefs"/> with an actor system.</summary>
public sealed class ClusterRefsProvider : ExtensionIdProvider<ClusterRefs>
{
    /// <inheritdoc/>
    public override ClusterRefs CreateExtension(ExtendedActorSystem system) => new();
}
