using Akka.Actor;

namespace Akka.Contract.Tests.ClusterTools;

/// <summary>A singleton that says on which node it runs, and notes its life.</summary>
internal sealed class WhereAmI : ReceiveActor
{
    internal const string Question = "where";
    internal const string EndNow = "end";
    internal const string Die = "die";

    private readonly Inbox _life;
    private readonly string _node = Nodes.AddressOf(Context.System).ToString();

    public WhereAmI(Inbox life)
    {
        _life = life;
        Receive<string>(text => text == Question, _ => Sender.Tell(_node));
        Receive<string>(text => text == EndNow, _ =>
        {
            life.Add("told to end");
            Context.Stop(Self);
        });
        Receive<string>(text => text == Die, _ => Context.Stop(Self));
        Receive<string>(text => life.Add(text));
    }

    internal static Props Props(Inbox life) => Actor.Props.Create(() => new WhereAmI(life));

    protected override void PreStart() => _life.Add("started");

    protected override void PostStop() => _life.Add("stopped");
}
