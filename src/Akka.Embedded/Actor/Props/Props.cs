using System.Linq.Expressions;
using System.Reflection;

namespace Akka.Actor;

/// <summary>How an actor is made and where it runs; immutable, shared, and given to ActorOf.</summary>
public class Props : IEquatable<Props>
{
    public static readonly Props None = new();

    private readonly IIndirectActorProducer? _producer;
    private readonly ActorFactory? _factory;

    public Props(Type type)
        : this(Deploy.Local, null, type, [])
    {
    }

    public Props(Type type, object[] args)
        : this(Deploy.Local, null, type, args)
    {
    }

    protected Props()
        : this(Deploy.Local, null, typeof(EmptyActor), [])
    {
    }

    protected Props(Props copy)
    {
        Deploy = copy.Deploy;
        SupervisorStrategy = copy.SupervisorStrategy;
        Type = copy.Type;
        Arguments = copy.Arguments;
        _factory = copy._factory;
        _producer = copy._producer;
    }

    private Props(Deploy deploy, SupervisorStrategy? strategy, Type type, object?[] arguments)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (!typeof(ActorBase).IsAssignableFrom(type))
            throw new ArgumentException(
                $"{type} is no actor: it does not derive from {nameof(ActorBase)}.", nameof(type));
        Deploy = deploy;
        SupervisorStrategy = strategy;
        Type = type;
        Arguments = arguments!;
        _factory = ActorFactory.For(type);
    }

    private Props(IIndirectActorProducer producer)
    {
        Deploy = Deploy.Local;
        Type = producer.ActorType;
        Arguments = [];
        _producer = producer;
    }

    public static Props Empty => None;

    public Type Type { get; }

    public string TypeName => Type.AssemblyQualifiedName ?? Type.Name;

    public object[] Arguments { get; }

    public Deploy Deploy { get; protected set; }

    public SupervisorStrategy? SupervisorStrategy { get; protected set; }

    public string Dispatcher => Deploy.Dispatcher == Deploy.NoDispatcherGiven
        ? Dispatch.Dispatchers.DefaultDispatcherId
        : Deploy.Dispatcher;

    public string Mailbox => Deploy.Mailbox;

    /// <summary>
    /// Takes the type and the arguments out of <c>() => new TActor(…)</c>. They are evaluated now, once, and are used
    /// again for each restart.
    /// </summary>
    public static Props Create<TActor>(Expression<Func<TActor>> factory, SupervisorStrategy? supervisorStrategy = null)
        where TActor : ActorBase
    {
        if (factory.Body is not NewExpression creation)
            throw new ArgumentException(
                $"The factory must be a single constructor call, () => new {typeof(TActor).Name}(...); "
                + $"it is {factory.Body}.",
                nameof(factory));
        return new Props(Deploy.Local, supervisorStrategy, creation.Type, ExpressionArguments.Evaluate(creation));
    }

    public static Props Create<TActor>(params object[] args)
        where TActor : ActorBase => new(Deploy.Local, null, typeof(TActor), args);

    public static Props Create<TActor>(SupervisorStrategy supervisorStrategy)
        where TActor : ActorBase, new() => new(Deploy.Local, supervisorStrategy, typeof(TActor), []);

    public static Props Create(Type type, params object[] args) => new(Deploy.Local, null, type, args);

    public static Props CreateBy(IIndirectActorProducer producer, params object[] args)
    {
        ArgumentNullException.ThrowIfNull(producer);
        return new Props(producer);
    }

    public virtual ActorBase NewActor()
    {
        try
        {
            return _producer is not null ? _producer.Produce() : _factory!.Create(Arguments);
        }
        catch (Exception thrown)
        {
            var failure = thrown is TargetInvocationException { InnerException: { } inner } ? inner : thrown;
            throw new TypeLoadException(
                $"Could not make an actor of type {Type} with {Arguments.Length} arguments "
                + $"({string.Join(", ", Arguments)}): {failure.Message}",
                failure);
        }
    }

    public Props WithDeploy(Deploy deploy)
    {
        var copy = Copy();
        copy.Deploy = deploy.WithFallback(Deploy);
        return copy;
    }

    public Props WithDispatcher(string dispatcher) => With(Deploy.WithDispatcher(dispatcher));

    public Props WithMailbox(string mailbox) => With(Deploy.WithMailbox(mailbox));

    public Props WithStashCapacity(int stashCapacity) => With(Deploy.WithStashCapacity(stashCapacity));

    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy)
    {
        var copy = Copy();
        copy.SupervisorStrategy = supervisorStrategy;
        return copy;
    }

    public bool Equals(Props? other) =>
        other is not null && Type == other.Type && Deploy.Equals(other.Deploy)
        && ReferenceEquals(_producer, other._producer) && Arguments.SequenceEqual(other.Arguments);

    public override bool Equals(object? obj) => Equals(obj as Props);

    public override int GetHashCode() => HashCode.Combine(Type, Arguments.Length);

    protected virtual Props Copy() => new(this);

    private Props With(Deploy deploy)
    {
        var copy = Copy();
        copy.Deploy = deploy;
        return copy;
    }

    private sealed class EmptyActor : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }
}
