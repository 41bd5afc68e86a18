using CallCenter.Storage;
using Microsoft.Extensions.Logging;

namespace CallCenter.AppHost.Running;

/// <summary>What the program does instead of serving, by its first word.</summary>
internal static class Verbs
{
    private const int Done = 0, Failed = 1, NotThere = 2;

    /// <summary>Null: serve.</summary>
    public static string? Of(string[] args) => args is [var verb, ..] && !verb.StartsWith('-') && !verb.StartsWith('/') ? verb : null;

    public static int Run(string verb, StorageOptions storage) => verb switch
    {
        "migrate" => Migrate(storage),
        "refold" => Refold(storage),
        "backup" or "restore" or "simulate" => Tell($"{verb} is not in this version", NotThere),
        _ => Tell($"there is no verb '{verb}'; there are migrate, backup, restore, refold and simulate", Failed),
    };

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
