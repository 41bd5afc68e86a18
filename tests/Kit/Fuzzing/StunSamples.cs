namespace CallCenter.Kit.Fuzzing;

/// <summary>The messages that RFC 5769 prints, and what they were made with.</summary>
public static class StunSamples
{
    /// <summary>Of the first three.</summary>
    public const string Fragment = "evtj", Password = "VOkJxbRl1RmTxUk/WvJxBt";

    const string Transaction = "b7e7a701bc34d686fa87dfae", Vendor = "8022000b7465737420766563746f7220";

    /// <summary>§2.1: a check of a controlled agent, filled up with spaces.</summary>
    public static readonly byte[] Request = Convert.FromHexString(
        $"000100582112a442{Transaction}802200105354554e207465737420636c69656e74002400046e0001ff80290008932ff9b151263b36"
        + "000600096576746a3a68367659202020000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf");

    /// <summary>§2.2: 192.0.2.1, port 32853.</summary>
    public static readonly byte[] Answer4 = Convert.FromHexString(
        $"0101003c2112a442{Transaction}{Vendor}002000080001a147e112a643000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96");

    /// <summary>§2.3: 2001:db8:1234:5678:11:2233:4455:6677, port 32853.</summary>
    public static readonly byte[] Answer6 = Convert.FromHexString(
        $"010100482112a442{Transaction}{Vendor}002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d900080014a382954e4be67bf11784c97c8292c275bfe3ed4180280004c8fb0b4c");

    /// <summary>§2.4: with a user's name, realm and nonce, and no FINGERPRINT. Its key is the MD5 of name, realm and password.</summary>
    public static readonly byte[] LongTerm = Convert.FromHexString(
        "000100602112a44278ad3433c6ad72c029da412e00060012e3839ee38388e383aae38383e382afe382b900000015001c662f2f3439396b39353464364f4c33346f4c394653547679363473410014000b6578616d706c652e6f726700"
        + "00080014f67024656dd64a3e02b8e0712e85c9a28ca89666");

    public static IReadOnlyList<byte[]> All { get; } = [Request, Answer4, Answer6, LongTerm];
}
