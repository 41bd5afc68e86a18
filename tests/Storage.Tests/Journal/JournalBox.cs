using CallCenter.Storage.Journal;
using CallCenter.Storage.Personal;
using CallCenter.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenter.Storage.Tests.Journal;

/// <summary>A journal over one database, as one process has it.</summary>
internal sealed class JournalBox : IDisposable
{
    public JournalBox(IEntryLog entries, TenantCipher cipher, Pace? pace = null)
    {
        (Entries, Cipher) = (entries, cipher);
        Journal = new(entries, cipher, NullLogger<GroupedJournal>.Instance, pace);
    }

    public IEntryLog Entries { get; }
    public TenantCipher Cipher { get; }
    public GroupedJournal Journal { get; }
    public IPersonal Personal => Journal;

    public static JournalBox Sqlite(DataFolder folder, string pragmas = "") => new(
        new SqliteEntryLog(folder.Path, NullLogger<SqliteEntryLog>.Instance, pragmas),
        new(new(new SqliteTenantKeys(folder.Path), MasterKey.Read(folder.Options))));

    public void Dispose() => Journal.Dispose();
}
