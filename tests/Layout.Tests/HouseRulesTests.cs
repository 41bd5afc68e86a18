using System.Text.RegularExpressions;

namespace CallCenter.Layout.Tests;

/// <summary>The measures of docs/architecture.md that need no understanding of the code.</summary>
public sealed partial class HouseRulesTests
{
    /// <summary>Files of constants or data: too long by nature.</summary>
    static readonly string[] Tables = [];

    [Fact]
    public void No_file_is_longer_than_400_lines() =>
        Rule.Holds(Repository.Sources.Except(Tables).Select(f => (File: f, Lines: Repository.Read(f).Count(c => c == '\n'))).Where(f => f.Lines > 400));

    [Fact]
    public void No_folder_holds_more_than_25_files() =>
        Rule.Holds(Repository.Sources.GroupBy(Repository.Folder).Where(g => g.Count() > 25).Select(g => $"{g.Key}: {g.Count()}"));

    [Fact]
    public void No_folder_is_a_heap() =>
        Rule.Holds(Repository.Files.Where(f => !IsOrleans(f)).SelectMany(f => f.Split('/')[..^1]).Distinct().Where(d => d is "Common" or "Core" or "Shared" or "Utils" or "Helpers" or "Misc"));

    [Fact]
    public void Pages_stand_under_docs_but_for_the_first() =>
        Rule.Holds(Repository.Files.Where(f => f.EndsWith(".md", StringComparison.Ordinal) && f != "README.md" && !f.StartsWith("docs/", StringComparison.Ordinal) && !f.StartsWith("tests/Vectors/", StringComparison.Ordinal))); // whence the messages of others come

    [Fact]
    public void Nothing_is_left_for_later() => Rule.Holds(Lines(Later()));

    [Fact]
    public void No_file_names_a_registry_or_a_machine() => Rule.Holds(Lines(Elsewhere()));

    /// <summary>Not even for donations, which npm writes down: take "funding" out.</summary>
    [Fact]
    public void No_lock_file_names_an_address() =>
        Rule.Holds(Repository.Files.Where(f => f.EndsWith("-lock.json", StringComparison.Ordinal) && Repository.Read(f).Contains("://", StringComparison.Ordinal)));

    [Fact]
    public void No_line_holds_invisible_characters() => Rule.Holds(Lines(Invisible()));

    [Fact]
    public void Code_is_indented_by_spaces() =>
        Rule.Holds(Repository.Sources.Where(f => Repository.Read(f).Contains('\t')));

    [Fact]
    public void Namespaces_follow_the_folders()
    {
        var wrong = from file in Repository.Sources.Where(f => f.StartsWith("src/", StringComparison.Ordinal) || f.StartsWith("tests/", StringComparison.Ordinal))
                    where !IsOrleans(file) && !file.StartsWith("src/Compat/", StringComparison.Ordinal)
                    let said = Namespace().Match(Repository.Read(file))
                    where said.Success
                    let expected = "CallCenter." + string.Join('.', Repository.Folder(file).Split('/')[1..])
                    where said.Groups[1].Value != expected && !said.Groups[1].Value.StartsWith("System", StringComparison.Ordinal)
                    select $"{file}: {said.Groups[1].Value}";
        Rule.Holds(wrong);
    }

    /// <summary>The runtime keeps Orleans' own names, folders and namespaces.</summary>
    static bool IsOrleans(string file) => file.StartsWith("src/Orleans.Embedded/", StringComparison.Ordinal) || file.StartsWith("tests/Orleans.Embedded.Tests/", StringComparison.Ordinal);

    static IEnumerable<string> Lines(Regex banned) =>
        from file in Repository.Texts
        where file != "tests/Layout.Tests/HouseRulesTests.cs" && !file.StartsWith("tests/Vectors/", StringComparison.Ordinal) // the rules themselves; messages of others
        from line in Repository.Read(file).Split('\n').Index()
        where banned.IsMatch(line.Item)
        select $"{file}:{line.Index + 1}: {line.Item.Trim()}";

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex Later();

    [GeneratedRegex(@"nuget\.org|npmjs\.(org|com)|pkgs\.dev\.azure|pypi\.org|(?<![\w.])/(work|root|home|Users|tmp)/|[A-Z]:\\Users\\")]
    private static partial Regex Elsewhere();

    [GeneratedRegex(@"[\r\u00A0\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]")]
    private static partial Regex Invisible();

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
