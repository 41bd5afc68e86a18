using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CallCenter.Contracts.Access;

namespace CallCenter.Api.Access;

/// <summary>Second factors: enrolled, confirmed by a first code, asked at each sign-in, replaced by a recovery code if the phone is lost.</summary>
internal sealed class SecondFactors(IAccessRecords records, ITenantCipher cipher, Standing standing, TimeProvider time)
{
    private const int RecoveryCodes = 10;
    private const int Attempts = 3;

    /// <summary>A new secret, which holds once it is confirmed; null if there is a confirmed one already.</summary>
    public async Task<byte[]?> Enrol(TenantId owner, string user, CancellationToken stop)
    {
        var now = await records.Find(owner, AccessKind.SecondFactor, user, stop);
        if (now is not null && SecondFactorState.Of(now).Confirmed) return null;
        var secret = RandomNumberGenerator.GetBytes(Totp.SecretLength);
        var state = new SecondFactorState(cipher.Seal(owner, Convert.ToBase64String(secret)).Value, false, 0, []);
        return await Write(owner, user, state, now?.Version ?? 0, stop) ? secret : null;
    }

    /// <summary>The recovery codes, shown this once; null if the code is wrong or nothing was enrolled.</summary>
    public async Task<Items<string>?> Confirm(TenantId owner, string user, string code, CancellationToken stop)
    {
        if (await records.Find(owner, AccessKind.SecondFactor, user, stop) is not { } record || SecondFactorState.Of(record) is not { Confirmed: false } state) return null;
        if (!Totp.TryMatch(Secret(owner, state), code, time.GetUtcNow(), state.LastStep, out var step)) return null;
        var codes = Enumerable.Range(0, RecoveryCodes).Select(_ => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))).ToItems(); // 64 bits each: nobody guesses them, hashed once or not
        return await Write(owner, user, state with { Confirmed = true, LastStep = step, Recovery = codes.Select(Hash).ToItems() }, record.Version, stop) ? codes : null;
    }

    /// <summary>Whether the code opens, which it does once.</summary>
    public async Task<SecondFactorAnswer> Ask(TenantId owner, string user, string? code, CancellationToken stop)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (await records.Find(owner, AccessKind.SecondFactor, user, stop) is not { } record || SecondFactorState.Of(record) is not { Confirmed: true } state) return SecondFactorAnswer.NotEnrolled;
            if (string.IsNullOrEmpty(code)) return SecondFactorAnswer.Wanted;
            var recovery = state.Recovery.Contains(Hash(code));
            if (recovery) state = state with { Recovery = state.Recovery.Without(hash => hash == Hash(code)) };
            else if (Totp.TryMatch(Secret(owner, state), code, time.GetUtcNow(), state.LastStep, out var step)) state = state with { LastStep = step };
            else return SecondFactorAnswer.Wrong;
            if (await Write(owner, user, state, record.Version, stop)) return recovery ? SecondFactorAnswer.Recovered : SecondFactorAnswer.Right;
        }
        return SecondFactorAnswer.Wrong; // others use codes of this account at the same moment
    }

    public async Task<bool> Remove(TenantId owner, string user, CancellationToken stop)
    {
        var removed = await records.Delete(owner, AccessKind.SecondFactor, user, stop);
        standing.ForgetAccount(owner, user);
        return removed;
    }

    private async Task<bool> Write(TenantId owner, string user, SecondFactorState state, long version, CancellationToken stop)
    {
        var written = await records.Put(new(owner, AccessKind.SecondFactor, user, user, null, JsonSerializer.Serialize(state, JsonSerializerOptions.Web), version), stop);
        standing.ForgetAccount(owner, user);
        return written;
    }

    private byte[] Secret(TenantId owner, SecondFactorState state) =>
        Convert.FromBase64String((cipher.Open(owner, new(state.Sealed)) ?? throw new InvalidOperationException("a second factor is sealed with another key")).Value);

    private static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));
}

internal enum SecondFactorAnswer { NotEnrolled, Wanted, Wrong, Right, Recovered }

/// <param name="Sealed">The secret, sealed with the owner's key.</param>
/// <param name="LastStep">The newest step whose code was used.</param>
/// <param name="Recovery">SHA-256 of each unused recovery code.</param>
internal sealed record SecondFactorState(string Sealed, bool Confirmed, long LastStep, Items<string> Recovery)
{
    public static SecondFactorState Of(AccessRecord record) => JsonSerializer.Deserialize<SecondFactorState>(record.Body, JsonSerializerOptions.Web) ?? throw new JsonException("no second factor");
}
