using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CallCenter.Contracts.Access;

namespace CallCenter.Storage.Configuration;

/// <summary>
/// Each entry of an owner's audit log has a link: the hash over the link before, the entry, and what the history keeps of it. Who changes, removes or slips in an entry
/// would have to make all links anew that follow, and then the head is another than the one that was told in the program's log, or noted elsewhere.
/// </summary>
internal static class AuditChain
{
    private const int AtOnce = 1_000;
    private static readonly byte[] Nothing = new byte[SHA256.HashSizeInBytes];

    /// <summary>Links what is not linked yet: the entries of this transaction, and those that an older program wrote.</summary>
    public static void Extend(IChainTables tables, TenantId owner)
    {
        var head = tables.Head(owner);
        while (tables.EntriesAfter(owner, head?.Entry ?? 0, AtOnce) is { Length: > 0 } entries)
        {
            var links = new AuditLink[entries.Length];
            for (var i = 0; i < entries.Length; i++) head = links[i] = Next(head, entries[i]);
            tables.Add(owner, links);
        }
    }

    /// <param name="from">The first entry that is looked at; null = the oldest.</param>
    /// <param name="to">The last one; null = the newest, and then the head is compared too.</param>
    public static AuditVerification Verify(IChainTables tables, TenantId owner, long? from, long? to, CancellationToken stop)
    {
        if (tables.Head(owner) is not { } head) return Headless(tables, owner);
        var last = Math.Min(to ?? long.MaxValue, head.Entry);
        var walk = Walk(tables, owner, from is null ? null : tables.LinkBefore(owner, from.Value), last, stop);
        var broken = walk.Broken;
        if (broken is null && last == head.Entry && !Same(walk.Last, head)) broken = new(head.Entry, AuditBreakKind.Missing);
        if (tables.Unlinked(owner, from ?? 0, last) is { } added && added < (broken?.Entry ?? long.MaxValue)) broken = new(added, AuditBreakKind.Added);
        return new(walk.Entries, broken, new(head.Entry, head.Place, Convert.ToHexStringLower(head.Hash)));
    }

    /// <summary>Nothing was ever linked; or the head alone is gone.</summary>
    private static AuditVerification Headless(IChainTables tables, TenantId owner) =>
        new(0, tables.LinksAfter(owner, 0, 1) is [var first] && tables.Head(owner) is null ? new(first.Link.Entry, AuditBreakKind.Missing) : null, null);

    /// <summary>Link by link, up to an entry, or to the first one that does not hold.</summary>
    private static Walked Walk(IChainTables tables, TenantId owner, AuditLink? before, long last, CancellationToken stop)
    {
        var walked = new Walked(0, before, null);
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            var links = tables.LinksAfter(owner, walked.Last?.Entry ?? 0, AtOnce);
            foreach (var (link, entry) in links)
            {
                if (link.Entry > last) return walked;
                if (Fault(walked.Last, link, entry) is { } fault) return walked with { Broken = new(link.Entry, fault) };
                walked = new(walked.Entries + 1, link, null);
            }
            if (links.Length < AtOnce) return walked;
        }
    }

    private static AuditBreakKind? Fault(AuditLink? before, AuditLink link, ChainedEntry? entry) => entry is null || link.Place != (before?.Place ?? 0) + 1
        ? AuditBreakKind.Missing // it, or what stood before it
        : Next(before, entry).Hash.AsSpan().SequenceEqual(link.Hash) ? null : AuditBreakKind.Changed;

    private static bool Same(AuditLink? last, AuditLink head) => last?.Entry == head.Entry && last.Place == head.Place && last.Hash.AsSpan().SequenceEqual(head.Hash);

    private static AuditLink Next(AuditLink? before, ChainedEntry entry)
    {
        var place = (before?.Place ?? 0) + 1;
        return new(entry.Row.Number, place, Hash(before?.Hash ?? Nothing, place, entry));
    }

    /// <summary>
    /// SHA-256 over: the hash before (32 zeros for the first), place, and the entry's members in order; a number is 8 bytes big endian, a text its length in 4 bytes and UTF-8, and
    /// each of them has a byte before it that says whether there is one.
    /// </summary>
    private static byte[] Hash(byte[] before, long place, ChainedEntry entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var row = entry.Row;
        hash.AppendData(before);
        foreach (var number in (ReadOnlySpan<long?>)[place, row.Number, row.At, row.Version]) Append(hash, number);
        foreach (var text in (ReadOnlySpan<string?>)[row.Owner.Value, row.By.Owner.Value, row.By.User, row.By.Address, row.Action, row.Kind, row.SubjectOwner?.Value, row.Subject, row.Detail, entry.Body])
            Append(hash, text);
        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, long? number)
    {
        Span<byte> bytes = stackalloc byte[1 + sizeof(long)];
        bytes[0] = number is null ? (byte)0 : (byte)1;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], number ?? 0);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, string? text)
    {
        Span<byte> length = stackalloc byte[1 + sizeof(int)];
        length[0] = text is null ? (byte)0 : (byte)1;
        var bytes = Encoding.UTF8.GetBytes(text ?? "");
        BinaryPrimitives.WriteInt32BigEndian(length[1..], bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }

    private sealed record Walked(long Entries, AuditLink? Last, AuditBreak? Broken);
}
