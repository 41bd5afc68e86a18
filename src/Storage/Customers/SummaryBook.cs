using CallCenter.Contracts.Customers;
using CallCenter.Domain.Summaries;
using CallCenter.Storage.Configuration;
using CallCenter.Storage.Personal;

namespace CallCenter.Storage.Customers;

/// <summary>Summaries, in the database of the configuration and by its sessions; that one is final is told to the journal first.</summary>
internal sealed class SummaryBook(ConfigurationStore store, IJournal journal, TenantCipher cipher) : ISummaryBook
{
    public Task<Items<Summary>> Of(TenantId owner, CallId call, CancellationToken stop = default) =>
        store.Look(session => Task.FromResult(session.People.Summaries(owner, call.Value).Select(Read).ToItems()));

    public async Task<Written<Summary>> Put(Summary summary, CancellationToken stop = default)
    {
        // A crash between the two leaves a fact whose summary is a draft: it is written again, and told again, which counts once.
        if (summary.Final) await Tell(summary).ConfigureAwait(false);
        var body = cipher.Seal(summary.Owner, new Personal(summary.Note, summary.Fields)); // before the transaction: a tenant's first key is made by one of its own
        var version = 0L;
        var refused = await store.InTransaction(session =>
        {
            var now = session.People.Summaries(summary.Owner, summary.Call.Value).FirstOrDefault(row => row.Agent == summary.Agent.Value);
            if (now is { Final: true } && !summary.Final) return new Refusal(RefusalCode.Conflict, "The summary is final already");
            version = (now?.Version ?? 0) + 1;
            session.People.Write(Row(summary, body));
            return null;
        }, stop).ConfigureAwait(false);
        return new(refused is null ? summary with { Version = version } : null, refused);
    }

    public Task<Items<CallId>> Summarized(TenantId owner, Items<CallId> calls, CancellationToken stop = default) => calls.IsEmpty
        ? Task.FromResult<Items<CallId>>([])
        : store.Look(session => Task.FromResult(session.People.Summarized(owner, [.. calls.Select(call => call.Value)]).Select(call => new CallId(call)).ToItems()));

    /// <summary>What a call was about stays counted; what was written of people goes.</summary>
    public Task Erase(TenantId owner, CallId call, CancellationToken stop) => store.InTransaction(session => { session.People.EraseSummaries(owner, call.Value); }, stop);

    private Task Tell(Summary summary)
    {
        var fact = new CallSummarized(summary.At, summary.Call, summary.Agent, summary.CallType, summary.Result, summary.TypesVersion);
        return Append(summary.Owner, summary.Call, summary.Agent, fact, known => known.OfType<CallSummarized>().LastOrDefault() is { } last && last with { At = fact.At } == fact);
    }

    public Task Mark(TenantId owner, CallMarked mark) => Append(owner, mark.Call, mark.Agent, mark, known => known.OfType<CallMarked>().Any(one => one.Mark == mark.Mark));

    public async Task<Items<CallMarked>> Marks(TenantId owner, CallId call, Items<AgentId> agents, CancellationToken stop = default)
    {
        var marks = new List<CallMarked>();
        for (var i = 0; i < agents.Count; i++) marks.AddRange((await journal.Read(Subject.Summary(owner, call, agents[i]), stop).ConfigureAwait(false)).SelectMany(entry => entry.Facts).OfType<CallMarked>());
        return marks.ToItems();
    }

    /// <summary>Each is an entry of its own, and nothing is owed: the line is closed with every one.</summary>
    /// <param name="isThere">Whether it was told before.</param>
    private async Task Append(TenantId owner, CallId call, AgentId agent, Fact fact, Func<IEnumerable<Fact>, bool> isThere)
    {
        var subject = Subject.Summary(owner, call, agent);
        while (true)
        {
            var entries = await journal.Read(subject).ConfigureAwait(false);
            if (isThere(entries.SelectMany(entry => entry.Facts))) return;
            try
            {
                await journal.Append(subject, new(entries.Count + 1, [fact], 1, [], 0, [], Closed: true), urgency: Urgency.Now).ConfigureAwait(false);
                return;
            }
            catch (FencedException)
            {
                // another page of the same agent was faster: behind that one
            }
        }
    }

    private static SummaryRow Row(Summary s, byte[] body) =>
        new(s.Owner, s.Call.Value, s.Agent.Value, s.Version, s.At.ToUnixTimeMilliseconds(), s.Final, s.TypesVersion, s.CallType, s.Result, body);

    private Summary Read(SummaryRow row)
    {
        var personal = row.Body is { } body ? cipher.Open<Personal>(row.Owner, body) : null;
        return new(row.Owner, new(row.Call), new(row.Agent), row.CallType, row.Result, personal?.Note ?? "", personal?.Fields ?? [], row.TypesVersion, row.Final, DateTimeOffset.FromUnixTimeMilliseconds(row.Changed), row.Version);
    }

    /// <summary>What is sealed of it.</summary>
    private sealed record Personal(string Note, Items<SummaryEntry> Fields);
}
