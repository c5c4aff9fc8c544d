using System.Xml.Linq;

namespace ClusterScheduler.Runtime.Tests.Rules;

/// <summary>
/// References go one way (docs/architecture.md, section 2): what stands on the same level never refers to its
/// neighbours; they meet in Protocol.
/// </summary>
public sealed class ReferenceRules
{
    private const string Prefix = "ClusterScheduler.";

    /// <summary>What each project may refer to, and nothing else.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Akka.Embedded"] = [],
        ["ClusterScheduler.Core"] = [],
        ["ClusterScheduler.Protocol"] = ["Core"],
        ["ClusterScheduler.Runtime"] = ["Protocol"],
        ["ClusterScheduler.Master"] = ["Runtime"],
        ["ClusterScheduler.Framework"] = ["Runtime"],
        ["ClusterScheduler.Sdk"] = ["Runtime"],
        ["ClusterScheduler.Services"] = ["Sdk"],
        ["ClusterScheduler.Agent"] = ["Runtime"],
        ["ClusterScheduler.Gateway"] = ["Runtime"],
        ["ClusterScheduler.Simulation"] = ["Runtime", "Master", "Framework", "Services", "Agent"],
        ["ClusterScheduler.Pbm"] = ["Runtime"],
        ["ClusterScheduler.Cli"] = ["Gateway", "Master", "Framework", "Services", "Agent", "Simulation"],
    };

    /// <summary>Packages by project; Core and Protocol stand on the base class library alone.</summary>
    private static readonly Dictionary<string, string[]> AllowedPackages = new(StringComparer.Ordinal)
    {
        ["Akka.Embedded"] = ["Microsoft.Data.Sqlite.Core", "SQLitePCLRaw.bundle_e_sqlite3", "Npgsql"],
        ["ClusterScheduler.Cli"] =
            ["Microsoft.Data.Sqlite.Core", "Npgsql", "Spectre.Console", "System.CommandLine", "YamlDotNet"],
    };

    [Fact]
    public void Every_project_refers_only_to_what_stands_below_it() =>
        Expect.None(
            from project in Repository.ProjectFiles()
            let name = Path.GetFileNameWithoutExtension(project)
            from reference in Included(project, "ProjectReference")
            let target = Path.GetFileNameWithoutExtension(reference)
            where !Allowed.TryGetValue(name, out var allowed)
                || !allowed.Contains(target.Replace(Prefix, "", StringComparison.Ordinal))
            select $"{name} -> {target} is not allowed");

    [Fact]
    public void Only_the_engine_and_the_tool_use_packages() =>
        Expect.None(
            from project in Repository.ProjectFiles()
            let name = Path.GetFileNameWithoutExtension(project)
            where name != "ClusterScheduler.Pbm"
            from package in Included(project, "PackageReference")
            where !AllowedPackages.TryGetValue(name, out var allowed) || !allowed.Contains(package)
            select $"{name} uses the package {package}");

    [Fact]
    public void Core_knows_no_actor() =>
        Expect.None(
            from file in Repository.Under("src/ClusterScheduler.Core")
            from line in file.Lines
            where line.StartsWith("using Akka", StringComparison.Ordinal)
            select $"{file.Path}: {line}");

    [Fact]
    public void The_engine_knows_no_word_of_the_scheduler() =>
        Expect.None(
            from file in Repository.Under("src/Akka.Embedded")
            from line in file.Lines
            where line.Contains("ClusterScheduler", StringComparison.Ordinal)
            select $"{file.Path}: {line.Trim()}");

    [Fact]
    public void Engines_are_switched_by_the_build_and_never_in_the_source() =>
        Expect.None(
            from file in Repository.Under("src")
            from line in file.Lines
            where line.TrimStart().StartsWith("#if", StringComparison.Ordinal)
            select $"{file.Path}: {line.Trim()}");

    private static IEnumerable<string> Included(string project, string element) =>
        XDocument.Load(project).Descendants(element)
            .Select(item => (string?)item.Attribute("Include"))
            .OfType<string>();
}
