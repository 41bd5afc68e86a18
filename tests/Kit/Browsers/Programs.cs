using CallCenter.Kit.Processes;

namespace CallCenter.Kit.Browsers;

/// <summary>Where a browser's program is, and how it ends.</summary>
static class Programs
{
    /// <summary>The first of some names that stands on the path; null if none does.</summary>
    public static string? Find(string[] names) =>
        names.SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    /// <summary>Orderly, so that its children end with it and write no more to its profile.</summary>
    public static async Task End(ChildProcess process)
    {
        process.Terminate();
        await Task.WhenAny(process.Exits(TimeSpan.FromSeconds(5)), Task.Delay(TimeSpan.FromSeconds(5)));
        await process.DisposeAsync();
    }
}
