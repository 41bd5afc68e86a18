using System.Collections.Frozen;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;
using Orleans.Engine;
using Orleans.Runtime;

namespace Orleans.Discovery;

/// <summary>A grain class and the grain interfaces it implements.</summary>
sealed record CatalogEntry(GrainType Type, Type Class, Type[] Interfaces);

/// <summary>The grain classes and interfaces of this process, found in every assembly that knows the runtime.</summary>
sealed class GrainCatalog
{
    static readonly Lazy<GrainCatalog> Found = new(() => new(Assemblies()));

    readonly FrozenDictionary<Type, CatalogEntry[]> byInterface;
    readonly FrozenDictionary<GrainType, CatalogEntry> byType;

    GrainCatalog(IEnumerable<Assembly> assemblies)
    {
        var types = assemblies.SelectMany(TypesOf).Where(t => !t.IsGenericTypeDefinition).ToList();
        Interfaces = [.. types.Where(GrainInterface.Is)];
        var entries = types.Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IGrain)) && !t.IsAssignableTo(typeof(GrainReference)))
            .Select(t => new CatalogEntry(TypeOf(t), t, [.. t.GetInterfaces().Where(i => GrainInterface.Is(i) && i.IsAssignableTo(typeof(IGrain)))]))
            .Where(e => e.Interfaces.Length > 0).ToList();
        byInterface = entries.SelectMany(e => e.Interfaces, (e, i) => (e, i)).GroupBy(p => p.i, p => p.e).ToFrozenDictionary(g => g.Key, g => g.ToArray());
        Twins = [.. entries.GroupBy(e => e.Type).Where(g => g.Count() > 1).Select(g => $"Grain type '{g.Key}' is the name of {string.Join(" and ", g.Select(e => e.Class))}; give one of them [GrainType]")];
        byType = entries.DistinctBy(e => e.Type).ToFrozenDictionary(e => e.Type);
    }

    internal static GrainCatalog Instance => Found.Value;

    internal IReadOnlyCollection<CatalogEntry> Classes => byType.Values;

    internal Type[] Interfaces { get; }

    /// <summary>Names given twice, in words.</summary>
    internal string[] Twins { get; }

    /// <exception cref="ArgumentException">No class, or more than one, fits.</exception>
    internal GrainType Implementing(Type face, string? prefix)
    {
        if (!byInterface.TryGetValue(face, out var all)) throw new ArgumentException($"No grain class implements {face}.");
        if (prefix is null && all.Length == 1) return all[0].Type;
        CatalogEntry[] fitting = prefix is null
            ? [.. all.Where(e => $"I{e.Class.Name}" == face.Name)]
            : [.. all.Where(e => e.Class.FullName!.Replace('+', '.').StartsWith(prefix.Replace('+', '.'), StringComparison.Ordinal))];
        if (fitting.Length == 1) return fitting[0].Type;
        throw new ArgumentException($"{face} is implemented by {string.Join(", ", all.Select(e => e.Class))}; a prefix of one class's full name must tell which.");
    }

    internal static GrainType TypeOf(Type type)
    {
        if (type.GetCustomAttribute<GrainTypeAttribute>() is { } given) return new(given.GrainType);
#pragma warning disable CA1308 // Orleans' own convention
        string name = type.Name.ToLowerInvariant();
#pragma warning restore CA1308
        return new(name.Length > 5 && name.EndsWith("grain", StringComparison.Ordinal) ? name[..^5] : name);
    }

    static IEnumerable<Assembly> Assemblies()
    {
        string runtime = typeof(GrainCatalog).Assembly.GetName().Name!;
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll"))
        {
            if (Uses(file, runtime)) AssemblyLoadContext.Default.LoadFromAssemblyPath(file); // one that no code mentions is not loaded by itself
        }
        return AppDomain.CurrentDomain.GetAssemblies().Where(a => !a.IsDynamic && a.GetReferencedAssemblies().Any(r => r.Name == runtime));
    }

    static bool Uses(string file, string runtime)
    {
        using var stream = File.OpenRead(file);
        using var image = new PEReader(stream);
        if (!IsManaged(image)) return false;
        var metadata = image.GetMetadataReader();
        return metadata.AssemblyReferences.Any(r => metadata.StringComparer.Equals(metadata.GetAssemblyReference(r).Name, runtime));
    }

    static bool IsManaged(PEReader image)
    {
        try
        {
            return image.HasMetadata;
        }
        catch (BadImageFormatException) // a native library, whatever its name says
        {
            return false;
        }
    }

    static Type[] TypesOf(Assembly assembly)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException e) // a type whose dependency is not deployed is no grain that could run
        {
            return [.. e.Types.OfType<Type>()];
        }
    }
}
