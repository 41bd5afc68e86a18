using CallCenter.Contracts.Customers;
using CallCenter.Domain.Customers;
using CallCenter.Domain.Summaries;

namespace CallCenter.Api.Tests.Fakes;

/// <summary>Customers and summaries in memory, with the refusals of the real ones.</summary>
internal sealed class MemoryPeople : ICustomerBook, ISummaryBook
{
    private readonly Lock turn = new();
    private readonly SortedDictionary<(string Owner, string Id), Customer> customers = [];
    private readonly Dictionary<(TenantId, CallId, AgentId), Summary> summaries = [];

    /// <summary>Who wrote a customer last.</summary>
    public Author? LastAuthor { get; private set; }

    /// <summary>Everything of an owner as one text, to see whether anything changed.</summary>
    public string Snapshot(TenantId owner)
    {
        lock (turn) return string.Join('\n', customers.Where(row => row.Key.Owner == owner.Value).Select(row => row.Value.ToString()).Concat(summaries.Values.Where(one => one.Owner == owner).Select(one => one.ToString())));
    }

    private static string Canonical(string number) => PhoneNumber.TryParse(number, out var parsed) ? parsed.Canonical : number;

    private Customer? Holder(TenantId owner, string number) => customers.Values.FirstOrDefault(customer => customer.Owner == owner && customer.Numbers.Any(one => Canonical(one) == Canonical(number)));

    public Task<Customer?> Find(TenantId owner, string number, CancellationToken stop = default)
    {
        lock (turn) return Task.FromResult(Holder(owner, number));
    }

    public Task<Customer?> Find(TenantId owner, CustomerId id, CancellationToken stop = default)
    {
        lock (turn) return Task.FromResult(customers.GetValueOrDefault((owner.Value, id.Value)));
    }

    public Task<Page<Customer>> List(TenantId owner, string? search, string? after, int limit, CancellationToken stop = default)
    {
        lock (turn)
        {
            var found = customers.Values.Where(one => one.Owner == owner && (after is null || string.CompareOrdinal(one.Id.Value, after) > 0) && (search is null || one.Name.Contains(search, StringComparison.OrdinalIgnoreCase) || Holder(owner, search) == one)).Take(limit + 1).ToList();
            return Task.FromResult(new Page<Customer>(found.Take(limit).ToItems(), found.Count > limit ? found[limit - 1].Id.Value : null));
        }
    }

    public async Task<Written<Customer>> Put(Customer customer, Author author, long? expectedVersion = null, CancellationToken stop = default)
    {
        LastAuthor = author;
        var refusal = Write(customer, expectedVersion);
        return refusal is null ? new(await Find(customer.Owner, customer.Id, stop), null) : new(null, refusal);
    }

    public Task<Refusal?> PutMany(TenantId owner, IReadOnlyList<Customer> many, Author author, CancellationToken stop = default)
    {
        lock (turn)
            foreach (var customer in many) customers.Remove((owner.Value, customer.Id.Value));
        foreach (var customer in many)
            if (Write(customer, null) is { } refusal) return Task.FromResult<Refusal?>(refusal);
        return Task.FromResult<Refusal?>(null);
    }

    private Refusal? Write(Customer customer, long? expected)
    {
        lock (turn)
        {
            var key = (customer.Owner.Value, customer.Id.Value);
            var present = customers.GetValueOrDefault(key)?.Version ?? 0;
            if (expected == 0 && present > 0) return new(RefusalCode.Conflict, "is there already");
            if (expected is { } version && version != present) return new(RefusalCode.StaleVersion, $"is at version {present}");
            for (var i = 0; i < customer.Numbers.Count; i++)
                if (Holder(customer.Owner, customer.Numbers[i]) is { } other && other.Id != customer.Id) return new(RefusalCode.Conflict, "A number is another customer's", [new($"numbers[{i}]", $"is customer {other.Id}'s")]);
            customers[key] = customer with { Version = present + 1 };
            return null;
        }
    }

    public Task<Refusal?> Delete(TenantId owner, CustomerId id, Author author, CancellationToken stop = default)
    {
        lock (turn) return Task.FromResult<Refusal?>(customers.Remove((owner.Value, id.Value)) ? null : new(RefusalCode.NotFound, "there is none"));
    }

    public Task<Items<Summary>> Of(TenantId owner, CallId call, CancellationToken stop = default)
    {
        lock (turn) return Task.FromResult(summaries.Values.Where(one => one.Owner == owner && one.Call == call).OrderByDescending(one => one.At).ToItems());
    }

    public Task<Written<Summary>> Put(Summary summary, CancellationToken stop = default)
    {
        lock (turn)
        {
            var key = (summary.Owner, summary.Call, summary.Agent);
            var now = summaries.GetValueOrDefault(key);
            if (now is { Final: true } && !summary.Final) return Task.FromResult(new Written<Summary>(null, new(RefusalCode.Conflict, "The summary is final already")));
            return Task.FromResult(new Written<Summary>(summaries[key] = summary with { Version = (now?.Version ?? 0) + 1 }, null));
        }
    }

    private readonly List<(TenantId Owner, CallMarked Mark)> marks = [];

    public Task Mark(TenantId owner, CallMarked mark)
    {
        lock (turn) marks.Add((owner, mark));
        return Task.CompletedTask;
    }

    public Task<Items<CallMarked>> Marks(TenantId owner, CallId call, Items<AgentId> agents, CancellationToken stop = default)
    {
        lock (turn) return Task.FromResult(marks.Where(one => one.Owner == owner && one.Mark.Call == call && agents.Contains(one.Mark.Agent)).Select(one => one.Mark).ToItems());
    }

    public Task<Items<CallId>> Summarized(TenantId owner, Items<CallId> calls, CancellationToken stop = default)
    {
        lock (turn) return Task.FromResult(summaries.Values.Where(one => one.Owner == owner && one.Final && calls.Contains(one.Call)).Select(one => one.Call).Distinct().ToItems());
    }
}
