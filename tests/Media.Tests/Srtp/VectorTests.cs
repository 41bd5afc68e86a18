using System.Text;
using CallCenter.Media.Srtp;

namespace CallCenter.Media.Tests.Srtp;

/// <summary>The numbers that the standards print.</summary>
public sealed class VectorTests
{
    const string Key128 = "000102030405060708090a0b0c0d0e0f", Key256 = Key128 + "101112131415161718191a1b1c1d1e1f";
    const string RtpHead = "8040f17b8041f8d35501a0b2", RtcpHead = "81c8000d4d617273";
    const string RtcpRest = "4e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef";
    const uint RtpSource = 0x5501a0b2, RtcpSource = 0x4d617273;
    const ulong RtpIndex = 0xf17b, RtcpIndex = 0x5d4;

    static readonly byte[] salt96 = "Quid pro quo"u8.ToArray();
    static readonly string rtpRest = Hex(Encoding.ASCII.GetBytes("Gallia est omnis divisa in partes tres"));

    static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    /// <summary>RFC 3711 B.2 and RFC 6188 §7.1: 65,282 blocks from one IV.</summary>
    [Theory]
    [InlineData("2b7e151628aed2a6abf7158809cf4f3c",
        "e03ead0935c95e80e166b16dd92b4eb4 d23513162b02d0f72a43a2fe4a5f97ab 41e95b3bb0a2e8dd477901e4fca894c0",
        "ec8cdf7398607cb0f2d21675ea9ea1e4 362b7c3c6773516318a077d7fc5073ae 6a2cc3787889374fbeb4c81b17ba6c44")]
    [InlineData("57f82fe3613fd170a85ec93c40b1f0922ec4cb0dc025b58272147cc438944a98",
        "92bdd28a93c3f52511c677d08b5515a4 9da71b2378a854f67050756ded165bac 63c4868b7096d88421b563b8c94c9a31",
        "cea518c90fd91ced9cbb18c078a547113dbc4814f4da5f00a08772b63c6a046d6eb246913062a16891433e97dd01a57f")]
    public void Counter_mode_makes_the_printed_key_stream(string key, string first, string last)
    {
        using var cipher = new CounterMode(Bytes(key));
        var stream = new byte[65_282 * 16];
        cipher.Apply(KeyDerivation.Salt112(Bytes("f0f1f2f3f4f5f6f7f8f9fafbfcfd")) << 16, stream);
        Assert.Equal(Bytes(first), stream[..48]);
        Assert.Equal(Bytes(last), stream[^48..]);
    }

    /// <summary>RFC 3711 B.3 and RFC 6188 §7.2.</summary>
    [Theory]
    [InlineData("AES_CM_128_HMAC_SHA1_80", "e1f97a0d3e018be0d64fa32c06de4139", "0ec675ad498afeebb6960b3aabe6", "c61e7a93744f39ee10734afe3ff7a087",
        "cebe321f6ff7716b6fd4ab49af256a15 6d38baa48f0a0acf3c34e2359e6cdbce e049646c43d9327ad175578ef7227098 6371c10c9a369ac2f94a8c5fbcdddc25 6d6e919a48b610ef17c2041e47403576 6b68642c59bbfc2f34db60dbdfb2",
        "30cbbc08863d8c85d49db34a9ae1")]
    [InlineData("AES_256_CM_HMAC_SHA1_80", "f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6", "3b04803de51ee7c96423ab5b78d2",
        "5ba1064e30ec51613cad926c5a28ef731ec7fb397f70a960653caf06554cd8c4", "fd9c32d39ed5fbb5a9dc96b30818454d1313dc05", "fa31791685ca444a9e07c6c64e93")]
    public void Session_keys_come_of_the_master_key(string suite, string key, string salt, string cipher, string authentication, string salting)
    {
        Assert.True(SrtpMasterKey.TryOf(SrtpSuite.Find(suite)!, Bytes(key + salt), out var master));
        using var derivation = new KeyDerivation(master);
        foreach (var (label, expected) in new[] { (KeyLabel.MediaCipher, cipher), (KeyLabel.MediaAuthentication, authentication), (KeyLabel.MediaSalt, salting) })
        {
            var made = new byte[Bytes(expected).Length];
            derivation.Derive(label, made);
            Assert.Equal(Bytes(expected), made);
        }
    }

    /// <summary>RFC 2202 §3, cases 1 and 2, to the 80 bits that the suites take.</summary>
    [Theory]
    [InlineData("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "Hi There", "b617318655057264e28b")]
    [InlineData("4a656665", "what do ya want for nothing?", "effcdf6ae5eb2fa2d274")]
    public void Hmac_is_the_printed_one_wherever_the_data_is_cut(string key, string data, string expected)
    {
        using var mac = new HmacSha1(Bytes(key));
        var (bytes, tag) = (Encoding.ASCII.GetBytes(data), new byte[10]);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            mac.Compute(bytes.AsSpan(0, cut), bytes.AsSpan(cut), tag);
            Assert.Equal(expected, Hex(tag));
        }
    }

    /// <summary>RFC 7714 §16.1.1, §16.2.1 (encrypted) and §16.1.3, §16.2.3 (tagged only), and back.</summary>
    [Theory]
    [InlineData(Key128, true, "f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833", "899d7f27beb16a9152cf765ee4390cce")]
    [InlineData(Key256, true, "32b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b", "7aa3db36dfffd6b0f9bb7878d7a76c13")]
    [InlineData(Key128, false, null, "22493f82d2bce397e9d79e3b19aa4216")]
    [InlineData(Key256, false, null, "a866d5910f887463067ceefec45215d4")]
    public void Gcm_seals_the_printed_RTP_packet(string key, bool encrypts, string? rest, string tag) =>
        SealsAndOpens(key, RtpHead, rtpRest, rest ?? rtpRest, encrypts, isControl: false, RtpSource, RtpIndex, "00000000", tag);

    /// <summary>RFC 7714 §17.1, §17.2 (encrypted) and §17.3, §17.4 (tagged only), and back.</summary>
    [Theory]
    [InlineData(Key128, true, "63e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded0bb9275b", "800005d4", "c84aa45896cf4d2fc5abf87245d9eade")]
    [InlineData(Key256, true, "d50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50a2eaa5c1110555be8415f658c61de0476f1b6fad", "800005d4", "1d1eb30c4446839f57ff6f6cb26ac3be")]
    [InlineData(Key128, false, RtcpRest, "000005d4", "841dd9683dd78ec92ae58790125f62b3")]
    [InlineData(Key256, false, RtcpRest, "000005d4", "91db4afbfeee5a978fab4393ed2615fe")]
    public void Gcm_seals_the_printed_RTCP_packet(string key, bool encrypts, string rest, string trailer, string tag) =>
        SealsAndOpens(key, RtcpHead, RtcpRest, rest, encrypts, isControl: true, RtcpSource, RtcpIndex, trailer, tag);

    static void SealsAndOpens(string key, string head, string plain, string sealedRest, bool encrypts, bool isControl, uint source, ulong index, string trailer, string expectedTag)
    {
        using var seal = new GcmTransform(Bytes(key), salt96, seals: true, isControl);
        using var open = new GcmTransform(Bytes(key), salt96, seals: false, isControl);
        var (packet, tag) = (Bytes(head + plain), new byte[16]);
        var clear = encrypts ? Bytes(head).Length : packet.Length;
        seal.Seal(packet, clear, source, index, Bytes(trailer), tag);
        Assert.Equal((head + sealedRest, expectedTag), (Hex(packet), Hex(tag)));
        Assert.True(open.TryOpen(packet, clear, source, index, Bytes(trailer), tag));
        Assert.Equal(head + plain, Hex(packet));
    }

    /// <summary>The reference packets that other stacks are tested with, from key derivation to tag; RTCP with index 1.</summary>
    [Theory]
    [InlineData("AES_CM_128_HMAC_SHA1_80", "e1f97a0d3e018be0d64fa32c06de41390ec675ad498afeebb6960b3aabe6",
        "4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb", "7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798")]
    [InlineData("AES_256_CM_HMAC_SHA1_80", "f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b63b04803de51ee7c96423ab5b78d2",
        "f1d9de17ff251ff1aa007774b0b4b40da08d9d9a5b3a55d8873b", null)]
    [InlineData("AEAD_AES_128_GCM", Key128 + "a0a1a2a3a4a5a6a7a8a9aaab",
        "c5002ede04cfdd2eb91159e0880aa06ed2976826f796b201df3131a127e8a392", "c98b8b5df0392a55852b6c21ac8e7025c52c6fbea2b3b446ea31123ba88ce61e80000001")]
    [InlineData("AEAD_AES_256_GCM", Key256 + "a0a1a2a3a4a5a6a7a8a9aaab", "0af7f21e8a90bdad7a425c9c31ed4bb1d90238917e7390a2793500e1681acaea", null)]
    public void Whole_packets_are_those_of_other_stacks(string suite, string key, string media, string? control)
    {
        const string mediaHead = "800f1234decafbadcafebabe", controlHead = "81c8000bcafebabe", rest = "abababababababababababababababab";
        Assert.True(SrtpMasterKey.TryOf(SrtpSuite.Find(suite)!, Bytes(key), out var master));
        using var sender = new SrtpSender(SrtpSuite.Find(suite)!, master);
        Assert.True(sender.TryProtect(Bytes(mediaHead + rest), new byte[64], out var secured));
        Assert.Equal(mediaHead + media, Hex(secured));
        var (buffer, length) = (new byte[64], 0);
        for (var index = 0; index < 2; index++)
        {
            Bytes(controlHead + rest).CopyTo(buffer, 0);
            length = sender.ProtectControl(buffer, 24);
        }
        if (control is not null) Assert.Equal(controlHead + control, Hex(buffer.AsSpan(0, length)));
    }
}
