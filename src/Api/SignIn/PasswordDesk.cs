using CallCenter.Contracts.Access;

namespace CallCenter.Api.SignIn;

/// <summary>Sets passwords. A link opens once, for <see cref="LinkLife"/>; only the hash of its secret is stored.</summary>
internal sealed class PasswordDesk(IConfigurationStore store, IAccessRecords records, Sessions sessions, Standing standing, MailRoom mail, ApiOptions options, IAuditLog audit, TimeProvider time)
{
    public static readonly TimeSpan LinkLife = TimeSpan.FromMinutes(30);

    /// <summary>Links of one account that are open at the same time: nobody's mailbox is flooded through us.</summary>
    private const int MostLinks = 3;

    public static Items<Fault> Faults(string? password) => password switch
    {
        null or "" => [new("password", "is missing")],
        { Length: < Passwords.Shortest or > Passwords.Longest } => [new("password", $"must have {Passwords.Shortest}–{Passwords.Longest} characters")],
        _ => [],
    };

    /// <summary>Writes the new password, unless the account was changed meanwhile, and ends its sessions and open links.</summary>
    public async Task<(UserAccount? Account, Refusal? Refusal)> Set(UserAccount account, string password, Author by, CancellationToken stop)
    {
        var written = await store.Put(account with { PasswordHash = Passwords.Hash(password) }, by, account.Version, stop);
        if (written.Setting is null) return (null, written.Refusal);
        standing.ForgetAccount(account.Owner, account.Id);
        await sessions.EndAll(account.Owner, account.Id, except: null, stop);
        await records.DeleteOf(account.Owner, AccessKind.PasswordReset, account.Id, stop: stop);
        return (written.Setting, null);
    }

    /// <summary>False: the account gets none, or has several already.</summary>
    public async Task<bool> SendLink(TenantId tenant, string user, Author by, CancellationToken stop)
    {
        if (await store.Find<UserAccount>(tenant, user, stop) is not { Email: { } to, Disabled: false } account) return false;
        if (await store.Find<IdentityProvider>(tenant, IdentityProvider.OnlyId, stop) is { Alone: true }) return false; // a password would open nothing
        if ((await records.Of(tenant, AccessKind.PasswordReset, user, stop)).Count >= MostLinks) return false;
        var token = ResetToken.New(tenant);
        await records.Put(new(tenant, AccessKind.PasswordReset, token.Id, user, time.GetUtcNow() + LinkLife, token.Hash), stop);
        await audit.Add(new(tenant, by, AuditAction.PasswordResetAsked, user), stop);
        var firm = tenant == TenantId.Operator ? null : await store.Find<TenantSettings>(TenantId.Operator, tenant.Value, stop);
        // the firm's own host as we know it, never the one that the request names: a link must not lead to a stranger's page
        mail.Post(ResetMail.For(to, account.Name, new(options.PublicAddress(firm?.Domain), $"/reset#{token.Text}"), firm?.Language));
        return true;
    }

    /// <summary>False: the token is not open, or not any more.</summary>
    public async Task<bool> Reset(string text, string password, string? address, CancellationToken stop)
    {
        if (!ResetToken.TryRead(text, out var token) || await records.Find(token.Tenant, AccessKind.PasswordReset, token.Id, stop) is not { } record || !token.Opens(record.Body)) return false;
        if (!await records.Delete(token.Tenant, AccessKind.PasswordReset, token.Id, stop)) return false; // somebody else uses it at this moment
        if (await store.Find<UserAccount>(token.Tenant, record.User, stop) is not { Disabled: false } account) return false;
        var by = new Author(token.Tenant, record.User, address);
        if ((await Set(account, password, by, stop)).Account is null) return false;
        await audit.Add(new(token.Tenant, by, AuditAction.PasswordReset, record.User), stop);
        return true;
    }
}
