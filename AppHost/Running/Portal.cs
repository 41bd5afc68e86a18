namespace CallCenter.AppHost.Running;

/// <summary>Where the build has put the portal's pages.</summary>
internal static class Portal
{
    /// <summary>Null: it was built without them.</summary>
    public static string? Folder { get; } = Path.Combine(AppContext.BaseDirectory, "portal") is var folder && File.Exists(Path.Combine(folder, "index.html")) ? folder : null;
}
