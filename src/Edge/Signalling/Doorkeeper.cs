using System.Net;
using System.Security.Cryptography;
using CallCenter.Domain.Agents;
using CallCenter.Sip.Auth;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;
using CallCenter.Sip.Transport;

namespace CallCenter.Edge.Signalling;

/// <summary>Decides whether a request comes from the extension that it names: by digest, or by the flow that the phone registered from. Lives on the loop.</summary>
sealed class Doorkeeper(EdgeCore edge, DigestServer digest, SourceGuard guard)
{
    /// <summary>Compared against where the extension does not exist, so that the answer takes as long.</summary>
    static readonly byte[] Nobody = RandomNumberGenerator.GetBytes(32);

    /// <summary>True if the request may go on as that extension; false: it was answered (401, 403 or 400).</summary>
    /// <param name="extension">The user part that claims to be the extension.</param>
    /// <param name="emergency">It calls for help.</param>
    public async Task<bool> Admits(ServerTransaction transaction, SipRequest request, TenantId tenant, string realm, string extension, bool emergency = false)
    {
        var source = request.Source.Remote!;
        var state = digest.Read(request, realm, out var claim);
        if (state == DigestClaimState.Malformed) return Answer(transaction, 400, "Bad Authorization");
        if (state is DigestClaimState.Absent or DigestClaimState.Forged or DigestClaimState.Stale) return Challenge(transaction, realm, state == DigestClaimState.Stale);
        if (guard.Turn(source.Address, tenant, extension, edge.Now) is not { } wait) return Answer(transaction, 403, null);
        if (wait > TimeSpan.Zero) await After(wait);
        var method = request.MethodText.ToArray();
        var known = claim.User == extension ? await Credentials(tenant, extension, emergency) : null;
        var verdict = digest.Verify(claim, method, known is null ? Nobody : Ha1(known, claim.Algorithm));
        if (verdict == DigestVerdict.Replayed) return Challenge(transaction, realm, stale: true);
        if (verdict == DigestVerdict.Right && known is not null)
        {
            guard.Succeeded(source.Address, tenant, extension);
            return true;
        }
        guard.Failed(source.Address, tenant, extension, edge.Now);
        if (!guard.IsBlocked(source.Address, tenant, extension, edge.Now)) return Challenge(transaction, realm, stale: false);
        await After(SourceGuard.Pause); // the answer is what a guess is made for
        return Answer(transaction, 403, null);
    }

    Task After(TimeSpan wait)
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        edge.Loop.Schedule(wait, over.SetResult);
        return over.Task;
    }

    /// <summary>True if that phone registered from where this request comes from.</summary>
    public async Task<bool> IsRegisteredFlow(TenantId tenant, string extension, SipFlow source)
    {
        if (!Domain.Agents.Extension.IsValid(extension)) return false;
        var bindings = (await edge.Grains.Station(tenant, extension).Registrations()).Bindings;
        var from = source.Remote!.ToString();
        foreach (var binding in bindings)
            if (binding.Source == from && binding.Transport == source.Transport!.ViaName && binding.Expires > edge.Now) return true;
        return false;
    }

    async Task<ExtensionSettings?> Credentials(TenantId tenant, string extension, bool emergency) =>
        Domain.Agents.Extension.IsValid(extension) ? await edge.Grains.Station(tenant, extension).Credentials(emergency) : null;

    static byte[] Ha1(ExtensionSettings extension, DigestAlgorithm algorithm) =>
        Convert.FromHexString((algorithm == DigestAlgorithm.Sha256 ? extension.Ha1Sha256 : extension.Ha1Md5).Value);

    bool Challenge(ServerTransaction transaction, string realm, bool stale)
    {
        transaction.Respond(401, digest.Challenge(transaction.Answer(401), realm, stale).Finish());
        return false;
    }

    static bool Answer(ServerTransaction transaction, int status, string? reason)
    {
        transaction.Respond(status, reason);
        return false;
    }
}
