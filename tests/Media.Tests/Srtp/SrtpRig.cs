using CallCenter.Media.Rtp;
using CallCenter.Media.Srtp;

namespace CallCenter.Media.Tests.Srtp;

/// <summary>Packets of one talker, and both ends of a secured stream.</summary>
sealed class SrtpRig : IDisposable
{
    public const uint Source = 0xCAFEBABE;

    public SrtpRig(SrtpSuite suite, ulong lifetime = SrtpKeys.MaxLifetime)
    {
        (Suite, Key) = (suite, SrtpMasterKey.Create(suite));
        (Sender, Receiver) = (new(suite, Key), new(suite, Key, lifetime));
    }

    public static TheoryData<string> Suites => [.. SrtpSuite.All.Select(s => s.Name)];

    public SrtpSuite Suite { get; }
    public SrtpMasterKey Key { get; }
    public SrtpSender Sender { get; }
    public SrtpReceiver Receiver { get; }

    public static SrtpRig Of(string suite) => new(SrtpSuite.Find(suite)!);

    /// <summary>Its payload tells its index.</summary>
    public static byte[] Packet(ulong index, int payload = 160, uint source = Source)
    {
        var packet = new byte[RtpHeader.Size + payload];
        RtpHeader.Write(packet, false, 0, (ushort)index, (uint)index * 160, source);
        for (var i = 0; i < payload; i++) packet[RtpHeader.Size + i] = (byte)(index + (ulong)i);
        return packet;
    }

    public byte[] Protect(byte[] packet)
    {
        Assert.True(Sender.TryProtect(packet, new byte[packet.Length + SrtpSender.MaxGrowth], out var secured));
        return secured.ToArray();
    }

    /// <summary>Null if it is refused.</summary>
    public static byte[]? Open(SrtpReceiver receiver, byte[] secured)
    {
        var packet = secured.ToArray().AsSpan();
        return receiver.TryUnprotect(ref packet) ? packet.ToArray() : null;
    }

    public byte[]? Open(byte[] secured) => Open(Receiver, secured);

    public void Dispose()
    {
        Sender.Dispose();
        Receiver.Dispose();
    }
}
