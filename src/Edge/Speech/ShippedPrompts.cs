namespace CallCenter.Edge.Speech;

/// <summary>The prompts that came with the product: files in a folder for each language.</summary>
sealed class ShippedPrompts(string folder)
{
    /// <summary>Has them all; music and tones, which have no language, are only here.</summary>
    const string Whole = "zh-CN";

    const string Ending = ".wav";

    public static string Folder => Path.Combine(AppContext.BaseDirectory, "Prompts");

    public Items<string> Ids { get; } = Directory.Exists(Path.Combine(folder, Whole))
        ? Directory.EnumerateFiles(Path.Combine(folder, Whole), "*" + Ending).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal).ToItems()
        : [];

    /// <param name="id">Of the product's own making, or checked against <see cref="Ids"/>: it becomes part of a path.</param>
    /// <param name="language">en-GB is read from en; one without a folder is taken for the whole one.</param>
    public async Task<ReadOnlyMemory<byte>?> Read(string id, string language, CancellationToken stop = default)
    {
        if (!Ids.Contains(id)) return null;
        var spoken = Path.Combine(folder, FolderOf(language), id + Ending);
        return await File.ReadAllBytesAsync(File.Exists(spoken) ? spoken : Path.Combine(folder, Whole, id + Ending), stop);
    }

    /// <summary>The languages are those of the folders; what a setting says never becomes part of a path.</summary>
    string FolderOf(string language) =>
        Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)).FirstOrDefault(name => language.Equals(name, StringComparison.OrdinalIgnoreCase) || language.StartsWith(name + "-", StringComparison.OrdinalIgnoreCase), Whole);
}
