using CallCenter.Domain.Customers;
using CallCenter.Storage.Configuration;
using CallCenter.Storage.Customers;
using CallCenter.Storage.Journal;
using CallCenter.Storage.Personal;
using CallCenter.Storage.Projections;
using Microsoft.Extensions.Logging;

namespace CallCenter.Storage.Erasure;

/// <summary>
/// Erases calls one by one: first the files, then, in one transaction, the personal values and the fact. Broken off in between,
/// the number still finds what is left.
/// </summary>
internal sealed class Erasures(GroupedJournal journal, IEntryLog entries, IBlobs blobs, CustomerBook customers, SummaryBook summaries, ConfigurationStore store, TenantCipher cipher, TimeProvider time, ILogger<Erasures> log) : IErasure
{
    private const int Batch = 1_000;

    public async Task<Erased> Number(TenantId owner, string number, Author by, CancellationToken stop = default)
    {
        var customer = await customers.Find(owner, number, stop).ConfigureAwait(false);
        return await Person(owner, (customer?.Numbers ?? []).Add(number), customer, by, stop).ConfigureAwait(false);
    }

    public async Task<Erased?> Customer(TenantId owner, CustomerId customer, Author by, CancellationToken stop = default) =>
        await customers.Find(owner, customer, stop).ConfigureAwait(false) is { } found ? await Person(owner, found.Numbers, found, by, stop).ConfigureAwait(false) : null;

    /// <summary>The record goes last: by it the other numbers are found, should this be broken off or a call go on.</summary>
    private async Task<Erased> Person(TenantId owner, Items<string> numbers, Customer? customer, Author by, CancellationToken stop)
    {
        var tally = new Tally();
        foreach (var form in numbers.SelectMany(SearchedNumber.Forms).Distinct())
            foreach (var field in PersonalFields.Searched.AsEnumerable())
                await All(owner, cipher.Lookup(owner, field, form), by, tally, stop).ConfigureAwait(false);
        if (customer is not null && tally.GoingOn.Count == 0 && await customers.Delete(owner, customer.Id, by, stop).ConfigureAwait(false) is null) tally.Customers++;
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
        await summaries.Erase(owner, call, stop).ConfigureAwait(false);
        await journal.Erase(subject, new(time.GetUtcNow(), by.User, by.Address), stop).ConfigureAwait(false);
        tally.Calls.Add(call);
    }

    private async Task<Erased> Told(TenantId owner, Author by, Tally tally)
    {
        if (tally.Calls.Count + tally.Customers > 0) await Task.Run(Scrub).ConfigureAwait(false); // it may take the database a while
        log.Erased(owner, by.User, tally.Calls.Count, tally.Files, tally.GoingOn.Count);
        return new(tally.Calls.ToItems(), tally.GoingOn.ToItems(), tally.Files, tally.Customers);
    }

    private void Scrub()
    {
        entries.Scrub();
        store.Scrub();
    }

    private sealed class Tally
    {
        public HashSet<CallId> Calls { get; } = [];
        public HashSet<CallId> GoingOn { get; } = [];
        public int Files { get; set; }
        public int Customers { get; set; }

        public bool Seen(CallId call) => Calls.Contains(call) || GoingOn.Contains(call);
    }
}
