using CallCenter.Kit.Browsers;

namespace CallCenter.Product.Tests.Portal;

/// <summary>Pictures for who wants to look at pages: kept in the folder that CALLCENTER_TEST_PICTURES names, if it names one.</summary>
static class Album
{
    static readonly string? Folder = Environment.GetEnvironmentVariable("CALLCENTER_TEST_PICTURES");

    /// <param name="width">The tab is brought to that size first; 0 = it stays as it is.</param>
    public static async Task Keep(ChromiumTab tab, string name, int width = 0, int height = 1000)
    {
        if (Folder is not { Length: > 0 }) return;
        if (width > 0) await tab.Resize(width, height);
        await File.WriteAllBytesAsync(Path.Combine(Folder, name + ".png"), await tab.Picture());
    }
}
