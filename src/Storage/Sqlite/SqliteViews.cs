using System.Collections.Concurrent;
using CallCenter.Domain.Kpi;
using CallCenter.Storage.Journal;
using CallCenter.Storage.Projections;

namespace CallCenter.Storage.Sqlite;

/// <summary>views.db.</summary>
internal sealed class SqliteViews(string folder) : IViewStore
{
    private readonly ConcurrentBag<SqliteViewReader> readers = [];
    private readonly SqliteViewWriter writer = new(folder); // a wrong schema stops the start

    public Positions Seen() => writer.Seen();

    public void Fold(ViewChanges changes) => writer.Fold(changes);

    public CallRecord[] Calls(TenantId owner, CallQuery query, ViewCursor? after, int limit) => Lend(r => r.Calls(owner, query, after, limit));

    public CallRecord? Call(TenantId owner, CallId call) => Lend(r => r.Call(owner, call));

    public QueueSpell[] Spells(TenantId owner, DateTimeOffset since) => Lend(r => r.Spells(owner, since));

    public RecordingRecord[] Recordings(TenantId owner, CallScope? scope, ViewCursor? after, int limit) => Lend(r => r.Recordings(owner, scope, after, limit));

    public RecordingRecord? Recording(TenantId owner, string recording) => Lend(r => r.Recording(owner, recording));

    public VoicemailRecord[] Voicemails(TenantId owner, VoicemailFilter filter, string? id, ViewCursor? after, int limit) => Lend(r => r.Voicemails(owner, filter, id, after, limit));

    private T Lend<T>(Func<SqliteViewReader, T> read)
    {
        if (!readers.TryTake(out var reader)) reader = new(folder);
        var result = read(reader); // one that threw is not lent again
        readers.Add(reader);
        return result;
    }

    public void Dispose()
    {
        writer.Dispose();
        while (readers.TryTake(out var reader)) reader.Dispose();
    }
}
