using System.Globalization;

namespace CallCenter.Kit.Processes;

/// <summary>A process and all that it has started, and these in turn, as the kernel knows them now.</summary>
static class ProcessTree
{
    public static IReadOnlyList<int> Of(int root)
    {
        var children = All().ToLookup(one => one.Parent, one => one.Id);
        var tree = new List<int> { root };
        for (var i = 0; i < tree.Count; i++) tree.AddRange(children[tree[i]]);
        return tree;
    }

    static IEnumerable<(int Id, int Parent)> All()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && ParentOf(folder) is { } parent) yield return (id, parent);
    }

    /// <summary>Null: it has ended meanwhile.</summary>
    static int? ParentOf(string folder)
    {
        try
        {
            var status = File.ReadAllText(Path.Combine(folder, "stat")); // "id (name) state parent …"; the name may hold anything
            return int.Parse(status[(status.LastIndexOf(')') + 1)..].Split(' ')[2], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
