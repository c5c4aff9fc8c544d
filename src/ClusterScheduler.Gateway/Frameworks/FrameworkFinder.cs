namespace ClusterScheduler.Gateway.Frameworks;

/// <summary>Finds a framework as users name it.</summary>
internal static class FrameworkFinder
{
    /// <summary>The framework of the path, by id, or by name where only one that is connected has it.</summary>
    public static async Task<MasterProtocol.FrameworkSummary> FindFramework(
        this ControlPlane plane, HttpContext context)
    {
        var name = context.PathValue("framework");
        var list = await plane.Ask<MasterProtocol.FrameworkList>(
            plane.Master, new MasterProtocol.ListFrameworks(), context.RequestAborted);
        var byId = list.Frameworks.Where(each => each.FrameworkId.Value == name).ToList();
        var byName = list.Frameworks.Where(each => each.Info.Name == name).ToList();
        List<MasterProtocol.FrameworkSummary> found = byId.Count > 0 ? byId
            : byName.Count(static each => each.Connected) == 1 ? [.. byName.Where(static each => each.Connected)]
            : byName;
        return found switch
        {
            [var one] => one,
            [] => throw new ProblemException(404, "framework-unknown", $"there is no framework '{name}'"),
            _ => throw new ProblemException(409, "framework-ambiguous",
                $"{found.Count} frameworks are called '{name}': say which by id: "
                + string.Join(", ", found.Select(static each => each.FrameworkId))),
        };
    }
}
