using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using CallCenter.Kit.Fuzzing;
using CallCenter.Media;
using CallCenter.Media.Codecs;
using CallCenter.Media.Dtls;
using CallCenter.Media.Ice;
using CallCenter.Media.Recording;
using CallCenter.Media.Sdp;
using CallCenter.Media.Stun;

namespace CallCenter.Fuzz;

/// <summary>
/// A running leg with ICE and DTLS: from an address that has proved itself, and from strangers' ones, come damaged STUN, DTLS, RTP and RTCP; at the engine's
/// door connections say what they like, at once or in pieces. Neither the loop nor the door faults, and a good check is answered in between.
/// </summary>
sealed class DtlsLegFuzz : IMediaEvents, ISegmentSink, IDisposable
{
    const int PortFirst = 31_200, Ports = 10, CheckEvery = 50, KnockEvery = 20;

    readonly MediaEngine engine;
    readonly ByteMutator mutator;
    readonly MediaLeg leg;
    readonly Socket peer = Open(), stranger = Open();
    readonly byte[] room = new byte[2048];
    readonly byte[][] samples;
    Exception? bug;
    int turn;

    public DtlsLegFuzz(ByteMutator mutator)
    {
        this.mutator = mutator;
        engine = new(new() { PortFirst = PortFirst, PortLast = PortFirst + Ports - 1, BindAddress = IPAddress.Loopback, Shards = 1, StreamPort = 0 }, this, this, TimeProvider.System);
        if (!engine.TryOpenLeg(1, null, out leg, out var refusal)) throw new InvalidOperationException($"no leg: {refusal}");
        var types = new PayloadTypes(0, null, 101);
        var terms = new DtlsTerms(DtlsRole.Server, [leg.Dtls!.Fingerprint], leg.Dtls.Ice, new("peer", "passwordpasswordpassword"), true);
        leg.SetRemote(new(AudioCodec.Pcmu, types, types, null, null, MediaDirection.SendReceive) { Dtls = terms });
        byte[] hello = [22, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 0, 0, 60, 1, 0, 0, 48, .. new byte[56]];
        samples = [Check(), hello, .. MediaSamples.Rtp, .. MediaSamples.Rtcp];
    }

    /// <summary>True if it was a good check.</summary>
    public bool Once()
    {
        if (Volatile.Read(ref bug) is { } fault) throw new InvalidOperationException("the engine faulted", fault);
        if (turn++ % CheckEvery == 0)
        {
            ProveOneself();
            return true;
        }
        if (turn % KnockEvery == 0) Knock();
        var damaged = mutator.Next(samples);
        if (damaged.Length < room.Length) (turn % 3 == 0 ? stranger : peer).SendTo(damaged, leg.Local);
        return false;
    }

    void ProveOneself()
    {
        for (var tries = 0; ; tries++)
        {
            peer.SendTo(Check(), leg.Local);
            while (peer.Poll(TimeSpan.FromMilliseconds(200), SelectMode.SelectRead))
                if (StunMessage.TryRead(room.AsSpan(0, peer.Receive(room)), out var answer) && answer.Type == StunType.BindingSuccess) return;
            MediaFuzz.Demand(tries < 50, "a good check is not answered any more", []);
        }
    }

    void Knock()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(leg.Dtls!.Stream!);
        var packet = turn % (2 * KnockEvery) == 0 ? Check() : mutator.Next(samples);
        byte[] framed = [(byte)(packet.Length >> 8), (byte)packet.Length, .. packet, .. mutator.Next(samples)];
        var cut = turn % framed.Length;
        try
        {
            socket.Send(framed.AsSpan(0, cut));
            socket.Send(framed.AsSpan(cut));
        }
        catch (SocketException)
        {
            return; // it was shown the door
        }
    }

    byte[] Check()
    {
        var ice = leg.Dtls!.Ice;
        var buffer = new byte[300];
        var writer = new StunWriter(buffer, StunType.BindingRequest, RandomNumberGenerator.GetBytes(StunMessage.TransactionSize));
        writer.Add(StunAttribute.Username, Encoding.ASCII.GetBytes($"{ice.Fragment}:peer"));
        writer.Add(StunAttribute.Priority, 100u);
        writer.Add(StunAttribute.IceControlling, 1ul);
        writer.Add(StunAttribute.UseCandidate, []);
        writer.Sign(new(Encoding.ASCII.GetBytes(ice.Password)));
        writer.AddFingerprint();
        return buffer[..writer.Length];
    }

    static Socket Open()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    public void Happened(MediaEvent what) { } // that the handshake fails is what is to be expected

    public void Faulted(Exception fault) => Volatile.Write(ref bug, fault);

    public bool TryKeep(in SegmentHead head, ReadOnlySpan<byte> plain) => true;

    public void Dispose()
    {
        engine.Dispose();
        peer.Dispose();
        stranger.Dispose();
        if (bug is not null) throw new InvalidOperationException("the engine faulted", bug);
    }
}
