using System.Security.Cryptography;
using CallCenter.Storage.Personal;
using CallCenter.Storage.Sqlite;
using static CallCenter.Storage.Tests.A;

namespace CallCenter.Storage.Tests.Personal;

public sealed class TenantCipherTests : IDisposable
{
    private readonly DataFolder folder = DataFolder.Migrated();
    private static readonly byte[] Plain = "13800138000"u8.ToArray();

    public void Dispose() => folder.Dispose();

    private TenantCipher Cipher() => new(new(new SqliteTenantKeys(folder.Path), MasterKey.Read(folder.Options)));

    [Fact]
    public void What_was_encrypted_opens_after_a_restart()
    {
        var secret = Cipher().Encrypt(Acme, Plain);
        Assert.True(Cipher().TryDecrypt(Acme, secret, out var opened));
        Assert.Equal(Plain, opened);
    }

    [Fact]
    public void Another_tenants_key_does_not_open_it()
    {
        var cipher = Cipher();
        cipher.Encrypt(Globex, Plain);
        Assert.False(cipher.TryDecrypt(Globex, cipher.Encrypt(Acme, Plain), out _));
    }

    [Fact]
    public void A_change_of_any_byte_is_noticed()
    {
        var cipher = Cipher();
        var secret = cipher.Encrypt(Acme, Plain);
        for (var i = 0; i < secret.Length; i++)
        {
            var changed = secret.ToArray();
            changed[i] ^= 1;
            Assert.False(cipher.TryDecrypt(Acme, changed, out _));
        }
    }

    [Fact]
    public void Too_short_a_text_is_no_cipher()
    {
        var cipher = Cipher();
        var secret = cipher.Encrypt(Acme, Plain);
        for (var length = 0; length < secret.Length; length++) Assert.False(cipher.TryDecrypt(Acme, secret.AsSpan(0, length), out _));
    }

    [Fact]
    public void The_same_text_is_never_encrypted_alike() => Assert.NotEqual(Cipher().Encrypt(Acme, Plain), Cipher().Encrypt(Acme, Plain));

    [Fact]
    public void More_tenants_than_one_thread_keeps_ciphers_for_open_each_their_own()
    {
        var cipher = Cipher();
        var secrets = Enumerable.Range(0, 20).Select(n => new TenantId($"firm-{n}")).Select(firm => (Firm: firm, Secret: cipher.Encrypt(firm, Plain))).ToArray();
        foreach (var (firm, secret) in secrets.Concat(secrets))
        {
            Assert.True(cipher.TryDecrypt(firm, secret, out var opened));
            Assert.Equal(Plain, opened);
        }
    }

    [Fact]
    public void No_nonce_is_drawn_twice()
    {
        var cipher = Cipher();
        var nonces = Enumerable.Range(0, 1_000).Select(_ => Convert.ToHexString(cipher.Encrypt(Acme, Plain).AsSpan(5, 12)));
        Assert.Equal(1_000, nonces.Distinct().Count());
    }

    [Fact]
    public void A_lookup_is_the_same_each_time_and_differs_by_tenant_and_field()
    {
        var cipher = Cipher();
        Assert.Equal(cipher.Lookup(Acme, "a", "1"), Cipher().Lookup(Acme, "a", "1"));
        Assert.NotEqual(cipher.Lookup(Acme, "a", "1"), cipher.Lookup(Globex, "a", "1"));
        Assert.NotEqual(cipher.Lookup(Acme, "a", "1"), cipher.Lookup(Acme, "b", "1"));
    }

    [Fact]
    public void Makers_at_once_agree_on_one_key()
    {
        var secrets = new byte[8][];
        Parallel.For(0, 8, i => secrets[i] = Cipher().Encrypt(Acme, Plain));
        Assert.All(secrets, s => Assert.True(Cipher().TryDecrypt(Acme, s, out _)));
    }

    [Fact]
    public void A_wrong_master_key_is_told()
    {
        Cipher().Encrypt(Acme, Plain);
        var other = new TenantCipher(new(new SqliteTenantKeys(folder.Path), RandomNumberGenerator.GetBytes(32)));
        Assert.Throws<CryptographicException>(() => other.Encrypt(Acme, Plain));
    }

    [Fact]
    public void The_master_key_is_its_owners_alone()
    {
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(MasterKey.File(folder.Options)));
    }
}
