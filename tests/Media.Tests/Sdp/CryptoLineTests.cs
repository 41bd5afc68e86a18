using CallCenter.Media.Sdp;
using CallCenter.Media.Srtp;

namespace CallCenter.Media.Tests.Sdp;

public sealed class CryptoLineTests
{
    const string Key30 = "d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj"; // RFC 4568 §6.1
    static readonly string key46 = Convert.ToBase64String([.. Enumerable.Range(1, 46).Select(i => (byte)i)]), key28 = Convert.ToBase64String(new byte[28]);

    static CryptoLine? Read(string value) => CryptoLine.TryRead(value, out var line) ? line : null;

    [Theory]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key30, 1, SrtpKeys.MaxLifetime)]
    [InlineData("000000012 AES_CM_128_HMAC_SHA1_32 inline:" + Key30 + "|2^20", 12, 1UL << 20)]
    [InlineData("2  AES_CM_128_HMAC_SHA1_80  INLINE:" + Key30 + "|2^48", 2, SrtpKeys.MaxLifetime)]
    [InlineData("3 AES_CM_128_HMAC_SHA1_80 inline:" + Key30 + "|1048576 WSH=64", 3, 1UL << 20)]
    [InlineData("4 AES_CM_128_HMAC_SHA1_80 inline:" + Key30 + " -KDR=5 wsh=1000", 4, SrtpKeys.MaxLifetime)]
    public void A_line_we_can_do_is_read(string value, int tag, ulong lifetime)
    {
        var line = Read(value);
        Assert.NotNull(line);
        Assert.Equal((tag, lifetime, Key30), (line.Tag, line.Lifetime, line.Key.ToBase64()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80")]
    [InlineData("x AES_CM_128_HMAC_SHA1_80 inline:" + Key30)]
    [InlineData("1234567890 AES_CM_128_HMAC_SHA1_80 inline:" + Key30)]
    [InlineData("1 F8_128_HMAC_SHA1_80 inline:" + Key30)]
    [InlineData("1 aes_cm_128_hmac_sha1_80 inline:" + Key30)]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 " + Key30)]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key30 + "AAAA")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:*" + Key30)]
    [InlineData("1 AES_256_CM_HMAC_SHA1_80 inline:" + Key30)]
    [InlineData("1 AEAD_AES_128_GCM inline:" + Key30)]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key30 + "|2^20|1:4")] // an MKI stands in each packet
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key30 + "|1:4")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key30 + "|2^20;inline:" + Key30 + "|2^20")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key30 + "|0")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key30 + "|2^49")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key30 + "|2^99999999999999999999")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key30 + "|281474976710657")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key30 + "|")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key30 + " KDR=1")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key30 + " UNENCRYPTED_SRTP")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key30 + " UNENCRYPTED_SRTCP")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key30 + " UNAUTHENTICATED_SRTP")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key30 + " WSH=63")]
    [InlineData("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key30 + " what=ever")]
    public void A_line_we_cannot_do_is_passed_over(string value) => Assert.Null(Read(value));

    [Fact]
    public void Padding_may_be_there_or_not()
    {
        foreach (var (suite, key) in new[] { ("AES_256_CM_HMAC_SHA1_80", key46), ("AEAD_AES_128_GCM", key28) })
        {
            Assert.EndsWith("=", key, StringComparison.Ordinal);
            Assert.Equal(key, Read($"1 {suite} inline:{key}")?.Key.ToBase64());
            Assert.Equal(key, Read($"1 {suite} inline:{key.TrimEnd('=')}|2^31")?.Key.ToBase64());
        }
    }

    [Fact]
    public void Every_suite_is_read_as_it_is_written()
    {
        foreach (var suite in SrtpSuite.All)
        {
            var line = new CryptoLine(9, suite, SrtpMasterKey.Create(suite));
            Assert.Equal(line, Read(line.ToAttribute().Value!));
        }
    }

    [Fact]
    public void No_text_of_a_key_shows_it()
    {
        var line = Read("1 AES_CM_128_HMAC_SHA1_80 inline:" + Key30)!;
        var keys = new SrtpKeys(line.Suite, line.Key, line.Key);
        foreach (var text in new[] { line.ToString(), line.ToAttribute().ToString(), keys.ToString(), $"{line.Key}" })
        {
            Assert.Contains("***", text, StringComparison.Ordinal);
            Assert.DoesNotContain(Key30, text, StringComparison.Ordinal);
        }
    }
}
