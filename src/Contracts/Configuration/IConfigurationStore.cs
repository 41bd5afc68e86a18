namespace CallCenter.Contracts.Configuration;

/// <summary>
/// The source of truth for what people set: <see cref="TenantSettings"/>, <see cref="UserAccount"/>, <see cref="ApiKey"/>, <see cref="QueueSettings"/>,
/// <see cref="AgentSettings"/>, <see cref="ExtensionSettings"/>, <see cref="FlowSettings"/>, <see cref="NumberSettings"/>, <see cref="TrunkSettings"/>,
/// <see cref="DialSettings"/>, <see cref="DialCeiling"/>, <see cref="Domain.Prompts.PromptSettings"/>, <see cref="AccessPolicy"/>, <see cref="Branding"/>, <see cref="CustomDomain"/>, <see cref="HostCertificate"/>,
/// <see cref="IdentityProvider"/>, <see cref="WebCallSettings"/>, <see cref="Domain.Teams.TeamSettings"/>, <see cref="PresenceReasons"/>, <see cref="StationRules"/>,
/// <see cref="Domain.Summaries.CallTypes"/>, <see cref="Domain.Summaries.ScriptCard"/>, <see cref="Domain.Desk.CtiSettings"/>.
/// Each write is one transaction of the row (its history kept), its version, an audit entry and a notice.
/// </summary>
public interface IConfigurationStore
{
    /// <summary>The row in its newest version, or null; another owner's row is null too.</summary>
    Task<T?> Find<T>(TenantId owner, string id, CancellationToken stop = default) where T : class, ISetting;

    /// <summary>A row as it was in one version (flows: a call keeps the version it began with).</summary>
    Task<T?> FindVersion<T>(TenantId owner, string id, long version, CancellationToken stop = default) where T : class, ISetting;

    /// <summary>Rows of an owner by id.</summary>
    /// <param name="after">The last id of the page before; null = from the beginning.</param>
    /// <param name="limit">1–1000.</param>
    Task<Page<T>> List<T>(TenantId owner, string? after, int limit, CancellationToken stop = default) where T : class, ISetting;

    /// <summary>Rows whose id, name or other searched word (an agent's user and extension, a user's e-mail address) holds a text, by id. It looks at every row of the owner.</summary>
    /// <param name="after">The last id of the page before; null = from the beginning.</param>
    /// <param name="limit">1–1000.</param>
    Task<Page<T>> Search<T>(TenantId owner, string text, string? after, int limit, CancellationToken stop = default) where T : class, ISetting;

    /// <summary>Whose host that is: by the tenant's domain, or by one of its <see cref="CustomDomain"/>s.</summary>
    Task<TenantSettings?> FindTenantByDomain(string domain, CancellationToken stop = default);

    /// <summary>A tenant's custom domains by name; found by an index.</summary>
    /// <param name="after">The last one of the page before; null = from the beginning.</param>
    /// <param name="limit">1–1000.</param>
    Task<Page<CustomDomain>> DomainsOf(TenantId tenant, string? after, int limit, CancellationToken stop = default);

    /// <summary>A tenant's share of the operator's stock of numbers, by id; found by an index, whatever the stock holds.</summary>
    /// <param name="after">The last id of the page before; null = from the beginning.</param>
    /// <param name="limit">1–1000.</param>
    Task<Page<NumberSettings>> NumbersOf(TenantId tenant, string? after, int limit, CancellationToken stop = default);

    /// <summary>The first trunk by id that takes outbound calls; null if none does.</summary>
    Task<TrunkSettings?> FirstTrunkOut(CancellationToken stop = default);

    /// <summary>Writes a row.</summary>
    /// <param name="expectedVersion">The version it replaces (0 = must be new); null = whatever is there.</param>
    Task<Written<T>> Put<T>(T setting, Author author, long? expectedVersion = null, CancellationToken stop = default) where T : class, ISetting;

    /// <summary>Writes many rows in one transaction (demo data, imports).</summary>
    Task<Refusal?> PutMany(IReadOnlyList<ISetting> settings, Author author, CancellationToken stop = default);

    Task<Refusal?> Delete<T>(TenantId owner, string id, Author author, CancellationToken stop = default) where T : class, ISetting;

    /// <summary>Whether anything was ever written: demo data is made in an empty store only.</summary>
    Task<bool> IsEmpty(CancellationToken stop = default);

    /// <summary>Notices of committed writes, oldest first, until <see cref="Done"/>; waits for new ones.</summary>
    IAsyncEnumerable<ConfigurationNotice> Notices(CancellationToken stop);

    Task Done(ConfigurationNotice notice, CancellationToken stop = default);

    /// <summary>
    /// Completes when the reader of the notices in this process has dealt with all that was written so far: what was changed is in
    /// force then. At once in a process that does not read them; another process does, and soon.
    /// </summary>
    Task CaughtUp { get; }
}

/// <summary>Who writes, and whence.</summary>
/// <param name="Owner">The tenant of the account, or the operator.</param>
/// <param name="User">The user, or the API key's id, or "system".</param>
/// <param name="Address">The network address of the request, if there was one.</param>
[GenerateSerializer, Immutable, Alias("Author")]
public sealed record Author([property: Id(0)] TenantId Owner, [property: Id(1)] string User, [property: Id(2)] string? Address)
{
    public static readonly Author Product = new(TenantId.Operator, "system", null);
}

/// <summary>Something was written; whoever keeps a copy must read it anew.</summary>
/// <param name="Kind">The setting's type name, such as QueueSettings.</param>
[GenerateSerializer, Immutable, Alias("ConfigurationNotice")]
public sealed record ConfigurationNotice([property: Id(0)] long Number, [property: Id(1)] string Kind, [property: Id(2)] TenantId Owner, [property: Id(3)] string Id, [property: Id(4)] long Version);

/// <param name="Next">Where the next page begins; null = this was the last.</param>
[GenerateSerializer, Immutable, Alias("Page`1")]
public sealed record Page<T>([property: Id(0)] Items<T> Items, [property: Id(1)] string? Next);

/// <summary>The row as stored, or why not.</summary>
[GenerateSerializer, Immutable, Alias("Written`1")]
public sealed record Written<T>([property: Id(0)] T? Setting, [property: Id(1)] Refusal? Refusal) where T : class;
