using System.Xml.Linq;

namespace CallCenter.Layout.Tests;

/// <summary>Who may know whom: the arrows of docs/architecture.md, project by project.</summary>
public sealed class ReferenceMapTests
{
    static readonly string[] Product = ["Domain", "Contracts", "Grains", "Sip", "Media", "Edge", "Storage", "Api", "Gateway"];
    static readonly string[] AnySource = [.. Product, "Orleans.Embedded", "System.IO.Hashing"];

    static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Orleans.Embedded"] = [],
        ["System.IO.Hashing"] = [],
        ["Sip"] = [],
        ["Media"] = [],
        ["Domain"] = [],
        ["Contracts"] = ["Domain"],
        ["Grains"] = ["Contracts"],
        ["Edge"] = ["Sip", "Media", "Contracts"],
        ["Storage"] = ["Contracts", "System.IO.Hashing"],
        ["Api"] = ["Contracts"],
        ["Gateway"] = ["Contracts", "System.IO.Hashing"],
        ["AppHost"] = AnySource,
        ["Kit"] = ["Sip", "Media", "Contracts"],
        ["Product.Tests"] = ["Kit"],
        ["Layout.Tests"] = ["Grains"], // reads the grains' metadata, and through it all that they are told
        ["Bench"] = [.. AnySource, "Kit"],
        ["Fuzz"] = [.. AnySource, "Kit"],
    };

    /// <summary>Packages a project may take besides those that every test project has; a project that is not named may take none.</summary>
    static readonly Dictionary<string, string[]> Packages = new() { ["Sip"] = [], ["Media"] = [], ["Domain"] = ["NodaTime"], ["Contracts"] = [], ["Orleans.Embedded"] = [] };

    public static TheoryData<string> Projects => [.. Repository.Projects];

    [Theory, MemberData(nameof(Projects))]
    public void Project_uses_only_what_the_map_allows(string csproj)
    {
        var name = Repository.Name(csproj);
        string[] allowed = MayUse.TryGetValue(name, out var named) ? named
            : name.EndsWith(".Tests", StringComparison.Ordinal) ? [name[..^".Tests".Length], "Kit", .. name == "Gateway.Tests" ? ["System.IO.Hashing"] : Array.Empty<string>()]
            : throw new InvalidOperationException($"{name} is not on the map: a new project needs its own role, its own dependencies or a forbidden direction");
        Rule.Holds(References(csproj, "ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Replace('\\', '/'))).Except(allowed));
    }

    [Theory, MemberData(nameof(Projects))]
    public void Project_takes_only_the_packages_that_it_may(string csproj)
    {
        if (Packages.TryGetValue(Repository.Name(csproj), out var allowed)) Rule.Holds(References(csproj, "PackageReference").Except(allowed));
    }

    [Fact]
    public void Every_source_project_has_its_tests()
    {
        var tested = Repository.Projects.Select(Repository.Name).ToHashSet();
        var sources = Repository.Projects.Where(p => p.StartsWith("src/", StringComparison.Ordinal) && !p.StartsWith("src/Compat/", StringComparison.Ordinal));
        Rule.Holds(sources.Select(Repository.Name).Where(s => !tested.Contains($"{s}.Tests")));
    }

    [Fact]
    public void Every_project_stands_in_the_solution()
    {
        var solution = Repository.Read("CallCenter.sln").Replace('\\', '/');
        Rule.Holds(Repository.Projects.Where(p => !solution.Contains(p)));
    }

    [Fact]
    public void Projects_stand_alone_in_the_folder_of_their_name() =>
        Rule.Holds(Repository.Projects.Where(p => Path.GetFileName(Repository.Folder(p)) != Repository.Name(p)));

    [Fact]
    public void Only_the_props_choose_versions() =>
        Rule.Holds(Repository.Projects.Where(p => XDocument.Parse(Repository.Read(p)).Descendants("PackageReference").Any(r => r.Attribute("Version") is not null)));

    static IEnumerable<string> References(string csproj, string kind) =>
        XDocument.Parse(Repository.Read(csproj)).Descendants(kind).Select(r => r.Attribute("Include")!.Value);
}
