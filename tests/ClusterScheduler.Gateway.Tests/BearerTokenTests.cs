using ClusterScheduler.Gateway.Security;

namespace ClusterScheduler.Gateway.Tests;

public sealed class BearerTokenTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("csched-token-");

    private string File => Path.Combine(_folder.FullName, "token");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Only_the_owner_may_read_the_file()
    {
        BearerToken.OfFile(File);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }

    [Fact]
    public void A_token_is_kept_over_restarts() =>
        Assert.Equal(BearerToken.OfFile(File).Text, BearerToken.OfFile(File).Text);

    [Fact]
    public void A_token_that_others_could_have_read_is_replaced()
    {
        var first = BearerToken.OfFile(File);
        System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        var second = BearerToken.OfFile(File);
        Assert.NotEqual(first.Text, second.Text);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
    }
}
