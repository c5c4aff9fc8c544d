using System.Text.Json;
using ClusterScheduler.Gateway.Http;
using ClusterScheduler.Gateway.Views;

namespace ClusterScheduler.Cli.Commands;

/// <summary>Files with the quota of several roles.</summary>
internal static class QuotaFiles
{
    /// <summary>Reads one; anything that is not such a file is refused with the reason.</summary>
    public static QuotaListBody Read(string path)
    {
        try
        {
            var read = JsonSerializer.Deserialize(File.ReadAllText(path), GatewayJson.Default.QuotaListBody);
            return read is { Quota.IsDefaultOrEmpty: false }
                && read.Quota.All(static each => each?.Role is { Length: > 0 })
                ? read
                : throw new UserException($"{path} names no role", ExitCode.WrongInput);
        }
        catch (JsonException wrong)
        {
            throw new UserException(
                $"{path} is no file of quota: {JsonFaults.Explain(wrong, GatewayJson.Default.QuotaListBody)}",
                ExitCode.WrongInput);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"{path} cannot be read: {wrong.Message}", ExitCode.WrongInput);
        }
    }
}
