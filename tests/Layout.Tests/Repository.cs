namespace CallCenter.Layout.Tests;

/// <summary>The working copy that this test was built from. Paths are relative to its root, with forward slashes.</summary>
static class Repository
{
    static readonly string[] NotOurs = ["bin", "obj", ".git", ".vs", "node_modules", "TestResults", "data", "__pycache__"];
    static readonly string[] Binary = [".wav", ".png", ".jpg", ".pcap", ".dll", ".bin", ".dat"];

    public static readonly string Root = Find(AppContext.BaseDirectory);

    /// <summary>Every file that people write, folder by folder in ordinal order.</summary>
    public static readonly string[] Files = [.. Walk(Root).Select(Relative).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> Texts => Files.Where(f => !Binary.Contains(Path.GetExtension(f)));
    public static IEnumerable<string> Sources => Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal));
    public static IEnumerable<string> Projects => Files.Where(f => f.EndsWith(".csproj", StringComparison.Ordinal));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));
    public static string Name(string project) => Path.GetFileNameWithoutExtension(project);
    public static string Folder(string file) => Path.GetDirectoryName(file)!.Replace('\\', '/');

    static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    static IEnumerable<string> Walk(string folder) =>
        Directory.EnumerateFiles(folder).Where(f => Path.GetFileName(f) != ".git").Concat(Directory.EnumerateDirectories(folder).Where(d => !NotOurs.Contains(Path.GetFileName(d))).SelectMany(Walk));

    static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "CallCenter.sln")) ? folder
        : Path.GetDirectoryName(folder) is { } above ? Find(above)
        : throw new InvalidOperationException("CallCenter.sln stands in no folder above the test");
}
