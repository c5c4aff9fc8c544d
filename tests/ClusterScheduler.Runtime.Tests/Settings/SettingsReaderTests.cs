using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Runtime.Tests.Settings;

public sealed class SettingsReaderTests : IDisposable
{
    private readonly SettingsFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once_with_path_place_and_range()
    {
        var file = _folder.File("a.conf", "cluster-scheduler.gateway {\n  port = 70000\n  ask-timeout = soon\n}");
        var reader = SettingsLoader.Load(new SettingsSources { File = file }).Reader();
        GatewaySettings.Read(reader);

        var wrong = Assert.Throws<SettingsException>(reader.Done);

        Assert.Equal(
            [
                $"{file}:2:3: cluster-scheduler.gateway.port: '70000' is outside its range 0 .. 65535",
                $"{file}:3:3: cluster-scheduler.gateway.ask-timeout: "
                + "'soon' is not a duration such as 500ms, 10s or 5m, within 100ms .. 1m",
            ],
            wrong.Problems.Select(problem => problem.ToString()));
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("five")]
    [InlineData("[1]")]
    [InlineData("99999999999999999999")]
    public void A_count_is_a_whole_number(string written)
    {
        var file = _folder.File("a.conf", $"cluster-scheduler.gateway.port = {written}");
        var reader = SettingsLoader.Load(new SettingsSources { File = file }).Reader();
        GatewaySettings.Read(reader);
        Assert.Contains(
            "is not a whole number", Assert.Throws<SettingsException>(reader.Done).Message, StringComparison.Ordinal);
    }
}
