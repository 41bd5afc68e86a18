namespace CallCenter.Api.Firms;

/// <summary>What a firm's hosts show to browsers. The key comes in and never goes out.</summary>
internal static class CertificateEndpoints
{
    public static void MapCertificates(this RouteGroupBuilder domains)
    {
        domains.MapPut("/{host}/certificate", Put).Demands(Resource.Domains, Rights.Write).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Set a host's certificate: the chain, the host's own first, and its private key, both in PEM. It is shown from the next connection on");
        domains.MapDelete("/{host}/certificate", Delete).Demands(Resource.Domains, Rights.Write).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Remove it: the host shows the platform's own again");
    }

    private static async Task<Results<Tagged<CertificateAnswer>, ProblemHttpResult>> Put(Caller caller, string host, Form<CertificateForm> form, [AsParameters] Precondition condition, IConfigurationStore store, ITenantCipher cipher, TimeProvider time, CancellationToken stop)
    {
        var (name, now) = (host.ToLowerInvariant(), time.GetUtcNow());
        if (await store.FindTenantByDomain(name, stop) is not { } holder || holder.Tenant != caller.Tenant) return Problems.NotFound("host name of this firm");
        if (CertificatePair.Check(caller.Tenant, name, form.Value.Chain, form.Value.Key, now, out var made) is { } fault)
            return Problems.Of(StatusCodes.Status400BadRequest, fault.Code, fault.Text, [new Fault(fault.Field, fault.Text)]);
        return await store.Save(made! with { Key = cipher.Seal(caller.Tenant, form.Value.Key!) }, [], caller, condition, certificate => CertificateAnswer.Of(certificate, now)!, stop);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(Caller caller, string host, IConfigurationStore store, CancellationToken stop) =>
        await store.Find<HostCertificate>(caller.Tenant, host.ToLowerInvariant(), stop) is null ? Problems.NotFound("certificate") : await store.Remove<HostCertificate>(caller.Tenant, host.ToLowerInvariant(), caller, stop);
}

/// <param name="Chain">PEM.</param>
/// <param name="Key">PEM, without a pass phrase; kept sealed, and never shown.</param>
internal sealed record CertificateForm(string? Chain, string? Key);

/// <param name="State">valid, expiring (within 21 days) or expired.</param>
internal sealed record CertificateAnswer(Items<string> Names, string Issuer, DateTimeOffset NotBefore, DateTimeOffset NotAfter, string Thumbprint, CertificateState State)
{
    /// <summary>Time enough to have a new one made.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromDays(21);

    public static CertificateAnswer? Of(HostCertificate? certificate, DateTimeOffset now) => certificate is null ? null : new(
        certificate.Names, certificate.Issuer, certificate.NotBefore, certificate.NotAfter, certificate.Thumbprint,
        certificate.NotAfter <= now ? CertificateState.Expired : certificate.NotAfter <= now + Soon ? CertificateState.Expiring : CertificateState.Valid);
}

internal enum CertificateState { Valid, Expiring, Expired }
