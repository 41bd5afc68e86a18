using System.Collections.Concurrent;

namespace CallCenter.Api.Access;

/// <summary>
/// Slows down guessing. It counts failures only: per account and address, so that a stranger cannot lock somebody out from
/// elsewhere, and per account from everywhere with a higher bound.
/// </summary>
internal sealed class SignInGuard(TimeProvider time)
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    /// <summary>From one address: enough for a forgetful person, too few to guess.</summary>
    public const int PerAddress = 10;
    public const int PerAccount = 100;
    private const int SweepAt = 20_000;

    private readonly ConcurrentDictionary<string, Failures> failures = new();

    /// <summary>How long this account cannot be tried; null if it can.</summary>
    public TimeSpan? Locked(TenantId tenant, string user, string? address)
    {
        var here = Left(Key(tenant, user, address), PerAddress);
        var anywhere = Left(Key(tenant, user, null), PerAccount);
        return here > anywhere || anywhere is null ? here : anywhere;
    }

    /// <summary>True if this failure locks the account, here or everywhere.</summary>
    public bool Failed(TenantId tenant, string user, string? address)
    {
        if (failures.Count >= SweepAt) Sweep();
        var here = Count(Key(tenant, user, address));
        return Count(Key(tenant, user, null)) == PerAccount || here == PerAddress;
    }

    public void Succeeded(TenantId tenant, string user, string? address) => failures.TryRemove(Key(tenant, user, address), out _);

    private TimeSpan? Left(string key, int most) =>
        failures.TryGetValue(key, out var seen) && seen.Count >= most && seen.Until - time.GetUtcNow() is var left && left > TimeSpan.Zero ? left : null;

    private int Count(string key)
    {
        var now = time.GetUtcNow();
        return failures.AddOrUpdate(key, _ => new(1, now + Window), (_, seen) => seen.Until <= now ? new(1, now + Window) : seen with { Count = seen.Count + 1 }).Count;
    }

    private void Sweep()
    {
        var now = time.GetUtcNow();
        foreach (var (key, seen) in failures)
            if (seen.Until <= now) failures.TryRemove(key, out _);
    }

    private static string Key(TenantId tenant, string user, string? address) => $"{tenant}/{user}/{address}";

    private readonly record struct Failures(int Count, DateTimeOffset Until);
}
