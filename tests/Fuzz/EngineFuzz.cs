using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using CallCenter.Kit.Fuzzing;
using CallCenter.Media;
using CallCenter.Media.Codecs;
using CallCenter.Media.Recording;
using CallCenter.Media.Rtp;
using CallCenter.Media.Sdp;
using CallCenter.Media.Srtp;

namespace CallCenter.Fuzz;

/// <summary>
/// A running engine: a conference of plain and secured parties of several codecs, recorded, each of which sends damaged RTP and RTCP from the address
/// that is its own, the secured ones under their key. The loop never faults.
/// </summary>
sealed class EngineFuzz : IMediaEvents, ISegmentSink, IDisposable
{
    const int PortFirst = 31_100, Ports = 100, MostUnderWay = 100;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly MediaEngine engine;
    readonly ByteMutator mutator;
    readonly List<Party> parties = [];
    readonly ManualResetEventSlim never = new();
    Exception? bug;
    long sent;
    int turn;

    public EngineFuzz(ByteMutator mutator)
    {
        this.mutator = mutator;
        engine = new(new() { PortFirst = PortFirst, PortLast = PortFirst + Ports - 1, BindAddress = IPAddress.Loopback, Shards = 1, QualityWindow = TimeSpan.FromSeconds(1), ReportInterval = TimeSpan.FromSeconds(1) }, this, this, TimeProvider.System);
        Join(AudioCodec.Pcmu, null);
        Join(AudioCodec.G722, null);
        if (LocalAudio.Spoken.Contains(AudioCodec.Opus)) Join(AudioCodec.Opus, null);
        Join(AudioCodec.Pcma, "AES_CM_128_HMAC_SHA1_32");
        Join(AudioCodec.Pcmu, "AEAD_AES_128_GCM");
        engine.OpenRoom(1).Set([.. parties.Select(p => new MediaMember(p.Leg))]);
    }

    /// <summary>Sends one. True if it went as RTP.</summary>
    public bool Once()
    {
        if (Volatile.Read(ref bug) is { } fault) throw new InvalidOperationException("the engine's loop faulted", fault);
        var party = parties[turn++ % parties.Count];
        if (turn % 4 == 0)
        {
            party.Report(mutator.Next(MediaSamples.Rtcp), mutator);
            return false;
        }
        party.Speak(mutator.Next(MediaSamples.Rtp), turn, mutator);
        sent++;
        Wait();
        return true;
    }

    public void Happened(MediaEvent what) { } // told: all that is asked of it

    public void Faulted(Exception fault) => Volatile.Write(ref bug, fault);

    public bool TryKeep(in SegmentHead head, ReadOnlySpan<byte> plain) => true;

    public void Dispose()
    {
        engine.Dispose();
        foreach (var party in parties) party.Dispose();
        never.Dispose();
        if (bug is not null) throw new InvalidOperationException("the engine's loop faulted", bug);
    }

    void Join(AudioCodec codec, string? suite)
    {
        if (!engine.TryOpenLeg(1, null, out var leg, out var refusal)) throw new InvalidOperationException($"no leg: {refusal}");
        var party = new Party(leg, codec, suite is null ? null : SrtpSuite.Find(suite));
        leg.Record(TrackId.New(), MediaClock.Now);
        parties.Add(party);
    }

    /// <summary>The kernel's queue is short: what it drops is not fuzzed.</summary>
    void Wait()
    {
        for (var since = MediaClock.Now; sent - engine.Figures.Received > MostUnderWay; never.Wait(1))
        {
            if (MediaClock.Now - since <= Patience) continue;
            sent = engine.Figures.Received; // some were too long for a datagram's way, or were dropped
            return;
        }
    }

    /// <summary>One who speaks nonsense to a leg.</summary>
    sealed class Party : IDisposable
    {
        readonly Socket media = Open(), control = Open();
        readonly SrtpSender? sender;
        readonly byte[] room = new byte[12_000];
        readonly IPEndPoint mediaTo, controlTo;
        readonly byte codec;
        ushort sequence;

        public Party(MediaLeg leg, AudioCodec codec, SrtpSuite? suite)
        {
            (Leg, this.codec, mediaTo, controlTo) = (leg, (byte)codec, leg.Local, new(leg.Local.Address, leg.Local.Port + 1));
            var types = new PayloadTypes(0, 8, 101) { G722 = 9, Opus = (byte)AudioCodec.Opus };
            var keys = suite is null ? null : new SrtpKeys(suite, SrtpMasterKey.Create(suite), SrtpMasterKey.Create(suite));
            if (keys is not null) sender = new(keys.Suite, keys.Theirs);
            leg.SetRemote(new(codec, types, types, (IPEndPoint)media.LocalEndPoint!, (IPEndPoint)control.LocalEndPoint!, MediaDirection.SendReceive) { Keys = keys });
        }

        public MediaLeg Leg { get; }

        /// <summary>Mostly dressed so that it passes the first look: its turn in the sequence, a payload type that was settled.</summary>
        public void Speak(byte[] packet, int turn, ByteMutator mutator)
        {
            if (packet.Length >= RtpHeader.Size && turn % 5 > 0)
            {
                packet[0] = (byte)(0x80 | packet[0] & 0x3F);
                if (turn % 3 > 0) packet[1] = (byte)(packet[1] & 0x80 | (turn % 7 == 0 ? 101 : codec));
                BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), ++sequence);
                BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), 160u * sequence);
                BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), 4711);
            }
            if (sender is not null && sender.TryProtect(packet, room, out var secured)) packet = turn % 11 == 0 ? mutator.Spoil(secured.ToArray()) : secured.ToArray();
            media.SendTo(packet, mediaTo);
        }

        public void Report(byte[] compound, ByteMutator mutator)
        {
            if (sender is not null)
            {
                compound.CopyTo(room, 0);
                var length = sender.ProtectControl(room, compound.Length);
                if (length > 0) compound = compound.Length % 5 == 0 ? mutator.Spoil(room[..length]) : room[..length];
            }
            control.SendTo(compound, controlTo);
        }

        public void Dispose()
        {
            media.Dispose();
            control.Dispose();
            sender?.Dispose();
        }

        static Socket Open()
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            return socket;
        }
    }
}
