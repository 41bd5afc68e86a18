using System.Collections.Concurrent;
using System.Globalization;
using CallCenter.Contracts.Access;

namespace CallCenter.Api.Access;

/// <summary>
/// Slows down guessing. It counts failures only: per account and address, so that a stranger cannot lock somebody out from
/// elsewhere, and per account from everywhere with a higher bound. What concerns an account is stored, so that neither a restart nor another process gives more
/// tries; names that are nobody's are counted in memory, so that strangers fill no table with them.
/// </summary>
internal sealed class SignInGuard(IAccessRecords records, TimeProvider time)
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    /// <summary>From one address: enough for a forgetful person, too few to guess.</summary>
    public const int PerAddress = 10;
    public const int PerAccount = 100;
    private const int SweepAt = 20_000;

    /// <summary>How often a count is tried anew that others change at the same moment.</summary>
    private const int Attempts = 5;

    private readonly ConcurrentDictionary<string, Failures> strangers = new();

    /// <summary>How long this account cannot be tried; null if it can.</summary>
    public async Task<TimeSpan?> Locked(TenantId tenant, string user, string? address, CancellationToken stop)
    {
        var here = await Left(tenant, Key(user, address), PerAddress, stop);
        var anywhere = await Left(tenant, Key(user, null), PerAccount, stop);
        return here > anywhere || anywhere is null ? here : anywhere;
    }

    /// <summary>True if this failure locks the account, here or everywhere.</summary>
    /// <param name="known">There is such an account.</param>
    public async Task<bool> Failed(TenantId tenant, string user, string? address, bool known, CancellationToken stop)
    {
        if (strangers.Count >= SweepAt) Sweep();
        var here = known ? await Store(tenant, user, Key(user, address), stop) : Count(tenant, Key(user, address));
        var anywhere = known ? await Store(tenant, user, Key(user, null), stop) : Count(tenant, Key(user, null));
        return anywhere == PerAccount || here == PerAddress;
    }

    public Task Succeeded(TenantId tenant, string user, string? address, CancellationToken stop) => records.Delete(tenant, AccessKind.SignInFailures, Key(user, address), stop);

    private async Task<TimeSpan?> Left(TenantId tenant, string key, int most, CancellationToken stop)
    {
        var seen = await records.Find(tenant, AccessKind.SignInFailures, key, stop) is { Expires: { } until } record ? new Failures(Read(record), until) : strangers.GetValueOrDefault(InMemory(tenant, key));
        return seen.Count >= most && seen.Until - time.GetUtcNow() is var left && left > TimeSpan.Zero ? left : null;
    }

    private async Task<int> Store(TenantId tenant, string user, string key, CancellationToken stop)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var now = await records.Find(tenant, AccessKind.SignInFailures, key, stop);
            var count = (now is null ? 0 : Read(now)) + 1;
            if (await records.Put(new(tenant, AccessKind.SignInFailures, key, user, now?.Expires ?? time.GetUtcNow() + Window, count.ToString(CultureInfo.InvariantCulture), now?.Version ?? 0), stop)) return count;
        }
        return 0; // they count for themselves
    }

    private static int Read(AccessRecord record) => int.Parse(record.Body, CultureInfo.InvariantCulture);

    private int Count(TenantId tenant, string key)
    {
        var now = time.GetUtcNow();
        return strangers.AddOrUpdate(InMemory(tenant, key), _ => new(1, now + Window), (_, seen) => seen.Until <= now ? new(1, now + Window) : seen with { Count = seen.Count + 1 }).Count;
    }

    private void Sweep()
    {
        var now = time.GetUtcNow();
        foreach (var (key, seen) in strangers)
            if (seen.Until <= now) strangers.TryRemove(key, out _);
    }

    private static string Key(string user, string? address) => $"{user}/{address}";

    private static string InMemory(TenantId tenant, string key) => $"{tenant}/{key}";

    private readonly record struct Failures(int Count, DateTimeOffset Until);
}
