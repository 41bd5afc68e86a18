using CallCenter.Storage.Journal;
using CallCenter.Storage.Personal;
using CallCenter.Storage.Projections;
using Microsoft.Extensions.Logging;

namespace CallCenter.Storage.Erasure;

/// <summary>
/// Erases calls one by one: first the files, then, in one transaction, the personal values and the fact. Broken off in between,
/// the number still finds what is left.
/// </summary>
internal sealed class Erasures(GroupedJournal journal, IEntryLog entries, IBlobs blobs, TenantCipher cipher, TimeProvider time, ILogger<Erasures> log) : IErasure
{
    private const int Batch = 1_000;

    public async Task<Erased> Number(TenantId owner, string number, Author by, CancellationToken stop = default)
    {
        var tally = new Tally();
        foreach (var form in SearchedNumber.Forms(number))
            foreach (var field in PersonalFields.Searched.AsEnumerable())
                await All(owner, cipher.Lookup(owner, field, form), by, tally, stop).ConfigureAwait(false);
        return await Told(owner, by, tally).ConfigureAwait(false);
    }

    public async Task<Erased?> Call(TenantId owner, CallId call, Author by, CancellationToken stop = default)
    {
        if (entries.Read(Subject.Call(owner, call)).Length == 0) return null;
        var tally = new Tally();
        await One(owner, call, by, tally, stop).ConfigureAwait(false);
        return await Told(owner, by, tally).ConfigureAwait(false);
    }

    /// <summary>What was erased is not found again, so that each round finds the next.</summary>
    private async Task All(TenantId owner, byte[] lookup, Author by, Tally tally, CancellationToken stop)
    {
        while (true)
        {
            var found = entries.FindByPersonal(lookup, Batch + tally.GoingOn.Count)
                .Where(s => s.Kind == SubjectKind.Call && s.Owner == owner).Select(s => new CallId(s.Name)).Where(call => !tally.Seen(call)).ToArray();
            if (found.Length == 0) return;
            foreach (var call in found) await One(owner, call, by, tally, stop).ConfigureAwait(false);
        }
    }

    private async Task One(TenantId owner, CallId call, Author by, Tally tally, CancellationToken stop)
    {
        var subject = Subject.Call(owner, call);
        if (!await journal.IsClosed(subject, stop).ConfigureAwait(false))
        {
            tally.GoingOn.Add(call);
            return;
        }
        foreach (var file in (await blobs.List(owner, $"recordings/{call}/", stop).ConfigureAwait(false)).AsEnumerable()) // voicemail too
        {
            await blobs.Delete(owner, file, stop).ConfigureAwait(false);
            tally.Files++;
        }
        await journal.Erase(subject, new(time.GetUtcNow(), by.User, by.Address), stop).ConfigureAwait(false);
        tally.Calls.Add(call);
    }

    private async Task<Erased> Told(TenantId owner, Author by, Tally tally)
    {
        if (tally.Calls.Count > 0) await Task.Run(entries.Scrub).ConfigureAwait(false); // it may take the database a while
        log.Erased(owner, by.User, tally.Calls.Count, tally.Files, tally.GoingOn.Count);
        return new(tally.Calls.ToItems(), tally.GoingOn.ToItems(), tally.Files);
    }

    private sealed class Tally
    {
        public HashSet<CallId> Calls { get; } = [];
        public HashSet<CallId> GoingOn { get; } = [];
        public int Files { get; set; }

        public bool Seen(CallId call) => Calls.Contains(call) || GoingOn.Contains(call);
    }
}
