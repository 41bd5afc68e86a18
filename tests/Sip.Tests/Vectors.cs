namespace CallCenter.Sip.Tests;

/// <summary>Files under tests/Vectors, found from the built tests upwards.</summary>
static class Vectors
{
    public static string Folder(string name)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "CallCenter.sln"))) return Path.Combine(at.FullName, "tests", "Vectors", name);
        throw new DirectoryNotFoundException("the tests run outside of the repository");
    }
}
