using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Runtime.Tests.Settings;

/// <summary>A folder for one test's settings files.</summary>
internal sealed class SettingsFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("csched-settings-");

    public string File(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    /// <summary>What is said when the text is loaded as the only file; positions without the folder.</summary>
    public string Refusal(string text)
    {
        var refused = Assert.Throws<SettingsException>(
            () => SettingsLoader.Load(new SettingsSources { File = File("a.conf", text) }));
        return refused.Message.Replace(_folder.FullName + "/", "", StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
