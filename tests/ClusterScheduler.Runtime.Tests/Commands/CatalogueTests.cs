using System.Collections.Immutable;
using System.Text.Json;
using Akka.Actor;
using ClusterScheduler.Runtime.Commands;

namespace ClusterScheduler.Runtime.Tests.Commands;

public sealed class CatalogueTests
{
    private static readonly CommandArgument Address = new("address", "where");
    private static readonly CommandArgument Reason = new("reason", "why", IsOptional: true);

    private static readonly OperatorCommand Move = new("house", "move", "Move somewhere else", call =>
        Task.FromResult<CommandAnswer>(new CommandAnswer.Done($"moved to {call[Address]} {call[Reason]}")))
    {
        Arguments = [Address, Reason],
        Changes = true,
    };

    [Fact]
    public void Every_command_is_declared_once_and_says_what_it_is() =>
        Assert.All(CommandCatalogue.All.GroupBy(command => command.Path), group =>
        {
            var command = Assert.Single(group);
            Assert.Matches("^[a-z]+ [a-z]+(-[a-z]+)*$", command.Path);
            Assert.Matches("^[A-Z].*[^.]$", command.Help);
            Assert.InRange(command.Help.Length, 10, 80);
            Assert.All(command.Arguments, argument => Assert.Matches("^[a-z]+$", argument.Name));
            Assert.Equal(command.Arguments.OrderBy(argument => argument.IsOptional), command.Arguments);
            Assert.All(command.Examples, example =>
                Assert.StartsWith($"csched {command.Path}", example.Line, StringComparison.Ordinal));
            Assert.Same(command, CommandCatalogue.Find(command.Group, command.Name));
        });

    [Fact]
    public void What_is_not_declared_is_not_found() => Assert.Null(CommandCatalogue.Find("cluster", "explode"));

    [Fact]
    public async Task A_command_runs_with_what_it_was_given() =>
        Assert.Equal(new CommandAnswer.Done("moved to Rome for love"), await Run(
            ("address", "Rome"), ("reason", "for love")));

    [Theory]
    [InlineData("reason", "'house move' needs address: where")]
    [InlineData("colour", "'house move' has no argument 'colour'; it has address, reason")]
    public async Task Wrong_arguments_are_refused_by_name(string given, string sentence) =>
        Assert.Equal(new CommandAnswer.Refused(CommandFault.WrongInput, "bad-argument", sentence), await Run(
            (given, "x")));

    [Fact]
    public async Task A_node_that_is_alone_has_no_members() =>
        Assert.Equal("no-cluster", Assert.IsType<CommandAnswer.Refused>(await Run(ClusterCatalogue.Members)).Code);

    [Fact]
    public void A_table_is_written_as_objects_in_the_order_of_its_columns()
    {
        var at = new DateTimeOffset(2026, 11, 21, 7, 0, 0, TimeSpan.Zero);
        var table = CommandAnswer.Table.Of(
            ["name", "tasks", "share", "here", "since", "end"],
            [["a", 3, 0.25m, true, at, (string?)null]]);
        Assert.Equal(
            """{"columns":["name","tasks","share","here","since","end"],"rows":["""
            + """{"name":"a","tasks":3,"share":0.25,"here":true,"since":"2026-11-21T07:00:00+00:00","end":null}]}""",
            System.Text.Encoding.UTF8.GetString(CommandJson.Write(table)));
        Assert.Equal(
            ["a", "3", "0.25", "yes", "2026-11-21T07:00:00Z", "-"], table.Rows[0].Select(cell => cell.ToString()));
    }

    [Fact]
    public void The_catalogue_itself_can_be_read()
    {
        using var json = JsonDocument.Parse(CommandJson.Write([Move]));
        var move = json.RootElement.GetProperty("commands")[0];
        Assert.True(move.GetProperty("changes").GetBoolean());
        Assert.Equal("address", move.GetProperty("arguments")[0].GetProperty("name").GetString());
        Assert.True(move.GetProperty("arguments")[1].GetProperty("optional").GetBoolean());
    }

    private static Task<CommandAnswer> Run(params (string Name, string Value)[] arguments) => Run(Move, arguments);

    private static async Task<CommandAnswer> Run(
        OperatorCommand command, params (string Name, string Value)[] arguments)
    {
        using var system = ActorSystem.Create("catalogue-tests");
        return await CommandCatalogue.Run(command, new CommandCall(
            system,
            arguments.ToImmutableDictionary(each => each.Name, each => each.Value),
            TimeSpan.FromSeconds(20),
            CancellationToken.None));
    }
}
