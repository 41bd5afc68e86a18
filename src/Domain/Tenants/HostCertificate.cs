namespace CallCenter.Domain.Tenants;

/// <summary>The certificate that a tenant's host shows (RFC 8446 §4.4.2).</summary>
/// <param name="Id">The host.</param>
/// <param name="Chain">PEM (RFC 7468): the host's own certificate first, then each issuer's.</param>
/// <param name="Key">The private key in PEM, sealed with the tenant's key.</param>
/// <param name="Names">The DNS names that it is made out for.</param>
/// <param name="Thumbprint">SHA-256 of the host's certificate, in hexadecimal.</param>
[GenerateSerializer, Immutable, Alias("HostCertificate")]
public sealed record HostCertificate(
    [property: Id(0)] TenantId Owner, [property: Id(1)] string Id, [property: Id(2)] string Chain, [property: Id(3)] Secret Key, [property: Id(4)] Items<string> Names, [property: Id(5)] string Issuer,
    [property: Id(6)] DateTimeOffset NotBefore, [property: Id(7)] DateTimeOffset NotAfter, [property: Id(8)] string Thumbprint, [property: Id(9)] long Version = 0) : ISetting
{
    public Items<Fault> Check() => new FaultList().Id(Owner.Value, "owner", 32)
        .When(!HostName.IsValid(Id), "host", "must be a host name in lower case")
        .When(string.IsNullOrEmpty(Chain), "chain", "is missing").When(string.IsNullOrEmpty(Key.Value), "key", "is missing").Done();
}
