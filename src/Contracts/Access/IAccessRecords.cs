namespace CallCenter.Contracts.Access;

/// <summary>
/// What signing in leaves behind: sessions, tokens that reset a password, second factors, failures. Not configuration: it has no history. What has
/// expired is as if it were not there.
/// </summary>
public interface IAccessRecords
{
    Task<AccessRecord?> Find(TenantId owner, AccessKind kind, string id, CancellationToken stop = default);

    /// <summary>All of an account, by id.</summary>
    Task<Items<AccessRecord>> Of(TenantId owner, AccessKind kind, string user, CancellationToken stop = default);

    /// <summary>Writes one over its <see cref="AccessRecord.Version"/> (0 = must be new). False: somebody else was faster, and nothing was written.</summary>
    Task<bool> Put(AccessRecord record, CancellationToken stop = default);

    /// <summary>True for the one caller who removed it: what is used once is used by removing it.</summary>
    Task<bool> Delete(TenantId owner, AccessKind kind, string id, CancellationToken stop = default);

    /// <summary>Removes all of an account; how many there were.</summary>
    /// <param name="except">The id of one that stays.</param>
    Task<int> DeleteOf(TenantId owner, AccessKind kind, string user, string? except = null, CancellationToken stop = default);
}

/// <summary>Stored as a word.</summary>
public enum AccessKind
{
    Session, PasswordReset, SecondFactor,
    /// <summary>Wrong passwords and codes of an account, from one address or from everywhere.</summary>
    SignInFailures,
    /// <summary>An answer of an identity provider that was used: it is not taken again.</summary>
    SpentState,
    /// <summary>Which account a person of the identity provider has here.</summary>
    ProviderPerson,
}

/// <param name="User">The account.</param>
/// <param name="Expires">Null = never.</param>
/// <param name="Body">JSON; secrets in it are hashed or sealed.</param>
public sealed record AccessRecord(TenantId Owner, AccessKind Kind, string Id, string User, DateTimeOffset? Expires, string Body, long Version = 0);
