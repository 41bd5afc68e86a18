using System.Net;
using System.Net.Sockets;
using CallCenter.Media.Codecs;
using CallCenter.Media.Rtp;

namespace CallCenter.Kit.Media;

/// <summary>Somebody at another address of this machine who sends RTP and RTCP to ports that are none of its business, and counts what comes back.</summary>
public sealed class Stranger : IDisposable
{
    readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { SendBufferSize = 1 << 20 };
    readonly ManualResetEventSlim ended = new();
    readonly byte[] frame = new byte[RtpHeader.Size + 160];
    readonly byte[] reports = new byte[RtcpWriter.MaxSize];
    readonly int reportLength;
    Thread? flood;
    long sent;
    ushort sequence;

    /// <param name="address">Such as 127.0.0.2.</param>
    public Stranger(string address)
    {
        socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
        G711.Encode(AudioCodec.Pcmu, Tone.Make(2000, TimeSpan.FromMilliseconds(20), 16_000), frame.AsSpan(RtpHeader.Size));
        var writer = new RtcpWriter(reports);
        writer.Report(Source, new SenderInfo(new(1), 1, 1, 160), null);
        writer.SourceDescription(Source, "stranger"u8);
        writer.Goodbye(Source);
        reportLength = writer.Length;
    }

    const uint Source = 0xBADBAD;

    /// <summary>Packets so far.</summary>
    public long Sent => Volatile.Read(ref sent);

    /// <summary>Datagrams that wait here: nobody should ever answer.</summary>
    public int Heard => socket.Available;

    /// <summary>Sends a 2000 Hz tone in sequence, and reports with a BYE, to each port and the one above, again and again until it is disposed of.</summary>
    /// <param name="perSecond">Rounds.</param>
    public void Flood(IReadOnlyList<IPEndPoint> ports, int perSecond)
    {
        flood = new(() =>
        {
            while (!ended.Wait(1000 / perSecond))
            {
                sequence++;
                foreach (var port in ports) SendTo(port);
            }
        }) { IsBackground = true, Name = "stranger" };
        flood.Start();
    }

    public void Dispose()
    {
        ended.Set();
        flood?.Join();
        socket.Dispose();
        ended.Dispose();
    }

    void SendTo(IPEndPoint port)
    {
        RtpHeader.Write(frame, false, 0, sequence, 160u * sequence, Source);
        Send(frame, port);
        Send(reports.AsSpan(0, reportLength), new(port.Address, port.Port + 1));
    }

    void Send(ReadOnlySpan<byte> packet, IPEndPoint to)
    {
        try
        {
            socket.SendTo(packet, to);
            Interlocked.Increment(ref sent);
        }
        catch (SocketException)
        {
            return; // the kernel's queue is full: what was not sent is not counted
        }
    }
}
