using System.Text;
using CallCenter.Contracts.Customers;
using CallCenter.Domain.Customers;
using CallCenter.Storage.Configuration;
using CallCenter.Storage.Personal;

namespace CallCenter.Storage.Customers;

/// <summary>Customers, in the database of the configuration and by its sessions.</summary>
internal sealed class CustomerBook(ConfigurationStore store, TenantCipher cipher, TimeProvider time) : ICustomerBook
{
    private const string NumberField = "customer";

    /// <summary>Names that are opened between two looks at the database.</summary>
    private const int NamesAtOnce = 2_000;

    public Task<Customer?> Find(TenantId owner, string number, CancellationToken stop = default) =>
        store.Look(session => Task.FromResult(Hash(owner, number) is { } hash && session.People.Holder(owner, hash) is { } id ? Read(session.People.Customer(owner, id)) : null));

    public Task<Customer?> Find(TenantId owner, CustomerId id, CancellationToken stop = default) => store.Look(session => Task.FromResult(Read(session.People.Customer(owner, id.Value))));

    public Task<Page<Customer>> List(TenantId owner, string? search, string? after, int limit, CancellationToken stop = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        return store.Look(session =>
        {
            var found = search is null ? [.. session.People.Customers(owner, after ?? "", limit + 1).Select(row => Read(row)!)] : Search(session, owner, search, after ?? "", limit + 1, stop);
            return Task.FromResult(new Page<Customer>(found.Take(limit).ToItems(), found.Count > limit ? found[limit - 1].Id.Value : null));
        });
    }

    /// <summary>Who has the number; else whose name holds the text. Names are sealed, so that no index knows them: they are opened one by one, in about 3 µs each.</summary>
    private List<Customer> Search(ConfigurationSession session, TenantId owner, string text, string after, int limit, CancellationToken stop)
    {
        var found = new List<Customer>();
        if (Hash(owner, text) is { } hash && session.People.Holder(owner, hash) is { } holder) return string.CompareOrdinal(holder, after) > 0 && Read(session.People.Customer(owner, holder)) is { } one ? [one] : [];
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            var names = session.People.Names(owner, after, NamesAtOnce);
            foreach (var (id, name) in names)
            {
                after = id;
                if (!cipher.TryDecrypt(owner, name, out var plain) || !Encoding.UTF8.GetString(plain).Contains(text, StringComparison.OrdinalIgnoreCase) || Read(session.People.Customer(owner, id)) is not { } customer) continue;
                found.Add(customer);
                if (found.Count == limit) return found;
            }
            if (names.Length < NamesAtOnce) return found;
        }
    }

    public async Task<Written<Customer>> Put(Customer customer, Author author, long? expectedVersion = null, CancellationToken stop = default)
    {
        var whole = Seal(customer);
        var version = 0L;
        var refused = await store.InTransaction(session => Write(session, whole, author, expectedVersion, out version), stop).ConfigureAwait(false);
        return new(refused is null ? customer with { Version = version } : null, refused);
    }

    public Task<Refusal?> PutMany(TenantId owner, IReadOnlyList<Customer> customers, Author author, CancellationToken stop = default)
    {
        if (customers.FirstOrDefault(customer => customer.Owner != owner) is { } stranger) throw new InvalidOperationException($"a customer of {stranger.Owner} among those of {owner}");
        var all = customers.Select(Seal).ToList();
        return store.InTransaction(session =>
        {
            foreach (var whole in all) session.People.DeleteNumbers(owner, whole.Id.Value); // two may change their numbers with each other
            foreach (var whole in all)
                if (Write(session, whole, author, null, out _) is { } refusal) return refusal;
            return null;
        }, stop);
    }

    public Task<Refusal?> Delete(TenantId owner, CustomerId id, Author author, CancellationToken stop = default) => store.InTransaction(session =>
    {
        if (session.People.Customer(owner, id.Value) is not { } row) return new Refusal(RefusalCode.NotFound, $"there is no customer {id}");
        session.People.DeleteNumbers(owner, id.Value);
        session.People.DeleteCustomer(owner, id.Value);
        Note(session, owner, id, row.Version + 1, removed: true, author);
        return null;
    }, stop);

    private Refusal? Write(ConfigurationSession session, SealedCustomer whole, Author author, long? expected, out long version)
    {
        var (owner, id) = (whole.Owner, whole.Id);
        var present = session.People.Customer(owner, id.Value)?.Version ?? 0;
        version = present + 1;
        if (Stale(id, present, expected) is { } stale) return stale;
        var row = new CustomerRow(owner, id.Value, version, time.GetUtcNow().ToUnixTimeMilliseconds(), whole.Name, whole.Body);
        if (present == 0 ? !session.People.Insert(row) : !session.People.Update(row)) return new(RefusalCode.StaleVersion, $"customer {id} was changed at the same time");
        session.People.DeleteNumbers(owner, id.Value);
        var faults = new List<Fault>();
        for (var i = 0; i < whole.Numbers.Length; i++)
            if (!session.People.AddNumber(owner, whole.Numbers[i], id.Value)) faults.Add(new($"numbers[{i}]", $"is customer {session.People.Holder(owner, whole.Numbers[i])}'s"));
        if (faults.Count > 0) return new(RefusalCode.Conflict, "A number is another customer's", faults.ToItems());
        Note(session, owner, id, version, removed: false, author);
        return null;
    }

    private static Refusal? Stale(CustomerId id, long present, long? expected) => expected switch
    {
        null => null,
        0 when present > 0 => new(RefusalCode.Conflict, $"customer {id} is there already"),
        > 0 when present == 0 => new(RefusalCode.NotFound, $"there is no customer {id}"),
        { } version when version != present => new(RefusalCode.StaleVersion, $"customer {id} is at version {present}, not {version}"),
        _ => null,
    };

    /// <summary>Names the id and the version, and nobody.</summary>
    private void Note(ConfigurationSession session, TenantId owner, CustomerId id, long version, bool removed, Author author)
    {
        foreach (var row in AuditRow.OfWrite(nameof(Customer), owner, id.Value, version, removed, author, time.GetUtcNow())) session.Note(row);
    }

    /// <summary>By what a number is found; null if it is none.</summary>
    private byte[]? Hash(TenantId owner, string number) => PhoneNumber.TryParse(number, out var parsed) ? cipher.Lookup(owner, NumberField, parsed.Canonical) : null;

    /// <summary>Before the transaction: a tenant's first key is made by a transaction of its own, for which the other would wait.</summary>
    private SealedCustomer Seal(Customer customer) => new(
        customer.Owner, customer.Id, cipher.Encrypt(customer.Owner, Encoding.UTF8.GetBytes(customer.Name)), cipher.Seal(customer.Owner, customer),
        [.. customer.Numbers.Select(number => Hash(customer.Owner, number) ?? throw new ArgumentException("a customer was not checked", nameof(customer)))]);

    private Customer? Read(CustomerRow? row) => row is null
        ? null
        : (cipher.Open<Customer>(row.Owner, row.Body) ?? throw new System.Security.Cryptography.CryptographicException($"customer {row.Id} of {row.Owner} does not open")) with { Version = row.Version };

    private sealed record SealedCustomer(TenantId Owner, CustomerId Id, byte[] Name, byte[] Body, byte[][] Numbers);
}
