namespace Akka.Embedded.Tests.Api;

/// <summary>
/// A test that needs the list of Akka.NET's public members; skipped, and shown as such, where it is not there.
/// </summary>
internal sealed class ApiListFactAttribute : FactAttribute
{
    public ApiListFactAttribute()
    {
        if (ApiList.File is null)
            Skip = "shared/engine/akka-api-1.5.txt is not beside this repository.";
    }
}
