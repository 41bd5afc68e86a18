namespace CallCenter.Kit.Processes;

/// <summary>A folder of its own for one test, gone with it.</summary>
public sealed class Scratch : IDisposable
{
    public Scratch(string name) => Path = Directory.CreateTempSubdirectory($"callcenter-{name}-").FullName;

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
