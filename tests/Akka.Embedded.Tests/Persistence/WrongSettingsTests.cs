using Akka.Actor;
using Akka.Persistence;

namespace Akka.Embedded.Tests.Persistence;

/// <summary>A store that is set up wrongly says so to the first actor that needs it.</summary>
public sealed class WrongSettingsTests
{
    [Theory]
    [InlineData("", "akka.persistence.journal.sql.connection-string is not set")]
    [InlineData("connection-string = \"Data Source=x.db\"", "it must be SQLite or PostgreSQL")]
    [InlineData("connection-string = \"Data Source=x.db\", provider-name = Oracle", "'Oracle'")]
    [InlineData("connection-string = \"Data Source=:memory:\", provider-name = SQLite", "inmem")]
    [InlineData("connection-string = \"Data Source=/no/dir/x.db\", provider-name = SQLite", "directory must exist")]
    public async Task The_actor_stops_and_knows_why(string settings, string said)
    {
        var system = ActorSystem.Create(
            "wrong",
            "akka.loglevel = OFF, akka.stdout-loglevel = OFF\n"
            + $"akka.persistence.journal {{ plugin = \"akka.persistence.journal.sql\", sql {{ {settings} }} }}");
        var reason = new TaskCompletionSource<Exception>();

        system.ActorOf(Props.Create(() => new Hopeful(reason)));

        var told = await reason.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Contains(said, told.Message, StringComparison.Ordinal);
        await system.Terminate();
    }

    [Theory]
    [InlineData("akka.persistence.journal.plugin = \"no.such.journal\"", "no.such.journal")]
    [InlineData("akka.persistence.journal.inmem.class = \"No.Such.Type, Nowhere\"", "No.Such.Type")]
    public async Task A_plugin_that_does_not_exist_is_named(string settings, string said)
    {
        var system = ActorSystem.Create("wrong", $"akka.loglevel = OFF, akka.stdout-loglevel = OFF\n{settings}");

        var persistence = Akka.Persistence.Persistence.Instance.Apply(system);
        var wrong = Assert.ThrowsAny<Exception>(() => persistence.JournalFor(null));

        Assert.Contains(said, wrong.Message, StringComparison.Ordinal);
        await system.Terminate();
    }

    private sealed class Hopeful(TaskCompletionSource<Exception> told) : UntypedPersistentActor
    {
        public override string PersistenceId => "hopeful";

        protected override void OnCommand(object message)
        {
            // Never gets this far.
        }

        protected override void OnRecover(object message)
        {
            // Nor this far.
        }

        protected override void OnRecoveryFailure(Exception reason, object? message = null) =>
            told.TrySetResult(reason);
    }
}
