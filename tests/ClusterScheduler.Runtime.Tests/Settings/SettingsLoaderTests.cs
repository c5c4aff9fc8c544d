using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Runtime.Tests.Settings;

public sealed class SettingsLoaderTests : IDisposable
{
    private readonly SettingsFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static GatewaySettings Gateway(SettingsSources sources)
    {
        var reader = SettingsLoader.Load(sources).Reader();
        var settings = GatewaySettings.Read(reader);
        reader.Done();
        return settings;
    }

    [Fact]
    public void Without_a_file_the_reference_holds()
    {
        Assert.Equal(5050, Gateway(SettingsSources.ReferenceOnly).Port);
        Assert.Equal(TimeSpan.FromSeconds(5), Gateway(SettingsSources.ReferenceOnly).AskTimeout);
        Assert.Equal(4 * 1024 * 1024, Gateway(SettingsSources.ReferenceOnly).RequestBodyBytesMax);
    }

    [Fact]
    public void The_command_line_stands_above_the_environment_and_that_above_the_file()
    {
        var file = _folder.File(
            "a.conf",
            "cluster-scheduler.gateway { port = 1, headers-max = 11, connections-max = 21 }");
        var settings = Gateway(new SettingsSources
        {
            File = file,
            Environment = new Dictionary<string, string>
            {
                ["CSCHED_GATEWAY_PORT"] = "2",
                ["CSCHED_GATEWAY_HEADERS_MAX"] = "12",
                ["HOME"] = "/",
            },
            CommandLine = [new CommandLineSetting("--port", "cluster-scheduler.gateway.port", "3")],
        });

        Assert.Equal((3, 12, 21), (settings.Port, settings.HeadersMax, settings.ConnectionsMax));
    }

    [Fact]
    public void An_included_file_is_read_beside_the_one_that_names_it()
    {
        _folder.File("more.conf", "port = 17");
        var file = _folder.File("a.conf", "cluster-scheduler.gateway {\n  include \"more.conf\"\n}\n");
        Assert.Equal(17, Gateway(new SettingsSources { File = file }).Port);
    }

    [Fact]
    public void Settings_of_the_engine_are_passed_on()
    {
        var file = _folder.File("a.conf", "akka.loglevel = DEBUG");
        var loaded = SettingsLoader.Load(new SettingsSources { File = file });
        Assert.Equal("DEBUG", loaded.Config.GetString("akka.loglevel"));
    }

    [Theory]
    [InlineData(
        "cluster-scheduler {\n  gateway { prot = 1 }\n}",
        "a.conf:2:13: there is no key 'cluster-scheduler.gateway.prot'; did you mean 'cluster-scheduler.gateway.port'")]
    [InlineData("cluster-shceduler.x = 1", "a.conf:1:1: there is no key 'cluster-shceduler.x'; hocon/reference.conf ")]
    [InlineData("cluster-scheduler {\n  gateway {", "a.conf:2:12: the '{' before this place is never closed")]
    [InlineData("akka.a = 1\n}", "a.conf:2:1: a '}' closes nothing here")]
    [InlineData("akka.a = [1, 2", "a.conf:1:15: the text ends inside a list")]
    [InlineData("akka.a = \"b", "a.conf:1:10: this text in quotes has no closing quote")]
    [InlineData("akka.a", "a.conf:1:1: the key 'akka.a' has no value: write akka.a = VALUE")]
    [InlineData("include more", "a.conf:1:1: the key 'include more' has no value")]
    [InlineData("include \"none.conf\"", "a.conf:1:1: settings cannot be read from 'none.conf': there is no such file")]
    [InlineData("include \"a.conf\"", "a.conf:1:1: 'a.conf' includes itself, directly or through others")]
    public void What_is_wrong_is_said_with_its_place(string text, string expected) =>
        Assert.StartsWith(expected, _folder.Refusal(text), StringComparison.Ordinal);

    [Fact]
    public void A_file_that_does_not_exist_is_said_so() =>
        Assert.EndsWith(
            "there is no such file",
            Assert.Throws<SettingsException>(
                () => SettingsLoader.Load(new SettingsSources { File = "/none/such.conf" })).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_variable_that_sets_nothing_is_refused_with_the_nearest_one()
    {
        var wrong = Assert.Throws<SettingsException>(() => SettingsLoader.Load(new SettingsSources
        {
            Environment = new Dictionary<string, string> { ["CSCHED_GATEWAY_PROT"] = "1" },
        }));
        Assert.Equal(
            "environment variable CSCHED_GATEWAY_PROT: it sets no key that exists; "
            + "did you mean 'CSCHED_GATEWAY_PORT'?",
            wrong.Message);
    }

    [Fact]
    public void Values_with_quotes_and_ends_of_lines_cannot_set_other_keys()
    {
        var loaded = SettingsLoader.Load(new SettingsSources
        {
            CommandLine =
            [
                new CommandLineSetting("--port", "cluster-scheduler.gateway.port", "1\"\nakka.loglevel = \"DEBUG"),
            ],
        });
        Assert.NotEqual("DEBUG", loaded.Config.GetString("akka.loglevel"));
    }
}
