using CallCenter.Media.Dtls;

namespace CallCenter.Media.Tests.Dtls;

public sealed class DtlsFingerprintTests
{
    static readonly string hash = string.Join(':', Enumerable.Range(1, 32).Select(n => $"{n:X2}"));

    [Theory]
    [InlineData("sha-256")]
    [InlineData("SHA-256")]
    public void What_is_written_is_read(string name)
    {
        Assert.True(DtlsFingerprint.TryRead($"{name} {hash.ToLowerInvariant()}", out var read));
        Assert.Equal($"sha-256 {hash}", read.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("sha-256")]
    [InlineData("sha-256 01:02")]
    [InlineData("sha-1 01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:0E:0F:10:11:12:13:14")]
    public void What_proves_nothing_is_not_taken(string value) => Assert.False(DtlsFingerprint.TryRead(value, out _));

    [Fact]
    public void Wrong_marks_are_no_fingerprint()
    {
        Assert.False(DtlsFingerprint.TryRead($"sha-256 {hash.Replace(':', '-')}", out _));
        Assert.False(DtlsFingerprint.TryRead($"sha-256 {hash.Replace("0A", "0G")}", out _));
    }

    [Fact]
    public void Of_several_hashes_the_strongest_counts()
    {
        DtlsFingerprint[] all = [new("sha-256", new('A', 64)), new("sha-512", new('B', 128)), new("sha-512", new('C', 128)), new("sha-512", new('B', 128))];
        Assert.Equal([all[1], all[2]], DtlsFingerprint.Strongest(all));
        Assert.Empty(DtlsFingerprint.Strongest([]));
    }

    [Fact]
    public void Each_identity_has_its_own()
    {
        using var one = DtlsIdentity.TryCreate(TimeProvider.System);
        using var other = DtlsIdentity.TryCreate(TimeProvider.System);
        Assert.NotEqual(one!.Fingerprint, other!.Fingerprint);
    }
}
