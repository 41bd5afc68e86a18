using CallCenter.Domain.Tenants;
using CallCenter.Kit.Ports;

namespace CallCenter.Domain.Tests.Tenants;

public sealed class CertificatePairTests
{
    private const string Host = "service.example.com";
    private static readonly TenantId Acme = new("acme");
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private static readonly (string Chain, string Key) Good = Certificates.For(Host, "other.example.com");

    private static string? Judge(string? chain, string? key) => CertificatePair.Check(Acme, Host, chain, key, Now, out _)?.Code;

    [Fact]
    public void A_pair_that_fits_tells_its_names_and_its_end()
    {
        Assert.Null(CertificatePair.Check(Acme, Host, Good.Chain, Good.Key, Now, out var made));
        Assert.Equal([Host, "other.example.com"], made!.Names);
        Assert.InRange(made.NotAfter, Now.AddDays(89), Now.AddDays(91));
        Assert.Equal(64, made.Thumbprint.Length);
        Assert.True(string.IsNullOrEmpty(made.Key.Value)); // to be sealed before it is kept
    }

    [Fact]
    public void A_wildcard_and_an_rsa_key_are_good()
    {
        var wild = Certificates.OfRsa(2048, "*.example.com");
        Assert.Null(Judge(wild.Chain, wild.Key));
    }

    [Fact]
    public void Each_fault_has_a_name_of_its_own()
    {
        var other = Certificates.For("elsewhere.example.net");
        var old = Certificates.For([Host], Now.AddDays(-20), Now.AddDays(-1));
        var early = Certificates.For([Host], Now.AddDays(2), Now.AddDays(20));
        var client = Certificates.For([Host], Now.AddDays(-1), Now.AddDays(20), "1.3.6.1.5.5.7.3.2");
        var weak = Certificates.OfRsa(1024, Host);
        Assert.Equal("certificateWrongName", Judge(other.Chain, other.Key));
        Assert.Equal("certificateExpired", Judge(old.Chain, old.Key));
        Assert.Equal("certificateNotYetValid", Judge(early.Chain, early.Key));
        Assert.Equal("certificateWrongUse", Judge(client.Chain, client.Key));
        Assert.Equal("certificateChainBroken", Judge(Good.Chain + "\n" + other.Chain, Good.Key));
        Assert.Equal("keyWeak", Judge(weak.Chain, weak.Key));
        Assert.Equal("keyMismatch", Judge(Good.Chain, other.Key));
        Assert.Equal("keyMismatch", Judge(Good.Chain, Certificates.OfRsa(2048, Host).Key));
        Assert.Equal("keyEncrypted", Judge(Good.Chain, "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----"));
    }

    [Theory]
    [InlineData(null, "certificateUnreadable")]
    [InlineData("", "certificateUnreadable")]
    [InlineData("nonsense", "certificateUnreadable")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "certificateUnreadable")]
    public void What_is_no_chain_is_refused(string? chain, string code) => Assert.Equal(code, Judge(chain, Good.Key));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    public void What_is_no_key_is_refused(string? key) => Assert.Equal("keyUnreadable", Judge(Good.Chain, key));
}
