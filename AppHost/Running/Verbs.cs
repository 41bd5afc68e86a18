using CallCenter.Storage;
using CallCenter.Storage.Backup;
using Microsoft.Extensions.Logging;

namespace CallCenter.AppHost.Running;

/// <summary>What the program is asked to do instead of serving.</summary>
/// <param name="Name">Its first word; null: serve.</param>
/// <param name="Place">Its second word: a file or folder.</param>
/// <param name="Settings">The arguments that follow.</param>
internal sealed record Verb(string? Name, string? Place, string[] Settings)
{
    /// <summary>A place may begin with "/", as a setting may not after a verb.</summary>
    public static Verb Of(string[] args)
    {
        if (args is not [var name, ..] || name.StartsWith('-') || name.StartsWith('/')) return new(null, null, args);
        return args is [_, var place, ..] && !place.StartsWith('-') ? new(name, place, args[2..]) : new(name, null, args[1..]);
    }
}

/// <summary>The verbs.</summary>
internal static class Verbs
{
    private const int Done = 0, Failed = 1, NotThere = 2;

    public static int Run(Verb verb, string name, StorageOptions storage) => name switch
    {
        "migrate" => Migrate(storage),
        "refold" => Refold(storage),
        "backup" or "restore" when verb.Place is null => Tell($"{name} needs a folder, or a file that ends with .tar: {name} <place>", Failed),
        "backup" => Backup(storage, verb.Place),
        "restore" => Restore(storage, verb.Place),
        "simulate" => Tell($"{name} is not in this version", NotThere),
        _ => Tell($"there is no verb '{name}'; there are migrate, backup, restore, refold and simulate", Failed),
    };

    private static int Backup(StorageOptions storage, string place)
    {
        if (StorageBackup.Take(storage, place, AnchoredTime.Instance) is { } refusal) return Tell(refusal, Failed);
        var without = storage.AzureBlobs is null ? "" : ", without the recordings, which stay in their container";
        Console.WriteLine($"{Place(storage)} is backed up in {Path.GetFullPath(place)}{without}; it holds the keys, so keep it where nobody else reads");
        return Done;
    }

    private static int Restore(StorageOptions storage, string place)
    {
        using var logs = LoggerFactory.Create(static log => log.AddSimpleConsole());
        if (StorageBackup.Restore(storage, place, logs) is { } refusal) return Tell(refusal, Failed);
        Console.WriteLine($"{Place(storage)} is as it was when {Path.GetFullPath(place)} was made");
        return Done;
    }

    private static int Migrate(StorageOptions storage)
    {
        StorageMigrator.Migrate(storage);
        Console.WriteLine($"{Place(storage)} is at this program's schema");
        return Done;
    }

    private static int Refold(StorageOptions storage)
    {
        using var logs = LoggerFactory.Create(static log => log.AddSimpleConsole());
        StorageMigrator.Refold(storage, logs);
        Console.WriteLine($"{Place(storage)}: the records were folded anew from the journal");
        return Done;
    }

    private static string Place(StorageOptions storage) => storage.Postgres is null ? Path.GetFullPath(storage.Path) : "the PostgreSQL database";

    private static int Tell(string text, int code)
    {
        Console.Error.WriteLine(text);
        return code;
    }
}
