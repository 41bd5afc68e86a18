using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CallCenter.Media;
using CallCenter.Media.Codecs;
using CallCenter.Media.Dtmf;
using CallCenter.Media.Rtp;

namespace CallCenter.Kit.Media;

/// <summary>
/// A phone's audio for tests: a real socket on loopback that sends its codec every 20 ms by absolute deadline, and keeps all it
/// hears with arrival times, the kernel's: what waits for this thread to run was not late.
/// </summary>
public sealed class RtpEar : IDisposable
{
    const int FrameSamples = 160;
    const byte EventType = 101;
    static readonly long ticksPerFrame = Stopwatch.Frequency / 50;
    static readonly long NsPerTick = 1_000_000_000 / Stopwatch.Frequency;

    const int Niceness = -11;

    readonly Socket socket;
    readonly AudioCodec codec;
    readonly IVoiceEncoder? encoder;
    readonly IVoiceDecoder? decoder;
    readonly Lock gate = new();
    readonly List<HeardPacket> heard = [];
    readonly ManualResetEventSlim ended = new();
    readonly List<(Func<IReadOnlyList<HeardPacket>, bool> Enough, TaskCompletionSource Done)> waits = [];
    readonly Queue<char> keys = new();
    readonly uint ssrc;
    Func<short[]?> next = static () => new short[FrameSamples];
    IPEndPoint? remote;
    ushort sequence;
    uint timestamp;
    long sent;

    public RtpEar(AudioCodec codec = AudioCodec.Pcmu, uint ssrc = 0x12345678)
    {
        (this.codec, this.ssrc) = (codec, ssrc);
        (encoder, decoder) = (VoiceCodecs.Encoder(codec), VoiceCodecs.Decoder(codec));
        socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 20 };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Local = (IPEndPoint)socket.LocalEndPoint!;
        _ = ArrivalTime.Of(socket); // has the kernel take the time from now on
        new Thread(Receive) { IsBackground = true, Name = "ear" }.Start();
        new Thread(Send) { IsBackground = true, Name = "mouth" }.Start();
    }

    public IPEndPoint Local { get; }

    /// <summary>Packets sent so far.</summary>
    public long Sent => Volatile.Read(ref sent);

    /// <summary>Starts sending there (silence, until told otherwise), and hears nobody else from now on; null stops.</summary>
    public void Connect(IPEndPoint? to) => Volatile.Write(ref remote, to);

    /// <summary>Says these samples over and over, from now on.</summary>
    public void Say(short[] samples)
    {
        var at = 0;
        Volatile.Write(ref next, () =>
        {
            var frame = new short[FrameSamples];
            for (var i = 0; i < frame.Length; i++, at = (at + 1) % samples.Length) frame[i] = samples[at];
            return frame;
        });
    }

    public void SayTone(double hz) => Say(Tone.Make(hz, TimeSpan.FromSeconds(1)));

    /// <summary>Sends nothing, as with voice activity detection; the timestamp goes on.</summary>
    public void Mute() => Volatile.Write(ref next, static () => null);

    /// <summary>The same, after one packet of comfort noise (RFC 3389).</summary>
    /// <param name="level">−dBov.</param>
    public void FallSilent(byte level)
    {
        Volatile.Write(ref noiseLevel, level);
        Mute();
    }

    int noiseLevel = -1;

    /// <summary>Presses a key for 100 ms in place of audio (RFC 4733), after those that wait.</summary>
    public void Press(char key)
    {
        lock (gate) keys.Enqueue(key);
    }

    /// <summary>When the last key's first end packet left (ns, monotonic): the instant at which the other side can know the key.</summary>
    public long KeyEndedAt => Volatile.Read(ref keyEndedAt);

    long keyEndedAt;

    public HeardPacket[] Heard()
    {
        lock (gate) return [.. heard];
    }

    /// <summary>Forgets what was heard so far.</summary>
    public void Forget()
    {
        lock (gate) heard.Clear();
    }

    /// <summary>Completes when what was heard is enough; fails after a time with what it waited for.</summary>
    public async Task Hears(Func<IReadOnlyList<HeardPacket>, bool> enough, string what, TimeSpan? within = null)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (enough(heard)) return;
            waits.Add((enough, done));
        }
        try
        {
            await done.Task.WaitAsync(within ?? TimeSpan.FromSeconds(10));
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"the ear did not hear {what}; it heard {Heard().Length} packets");
        }
    }

    public Task HearsPackets(int count, TimeSpan? within = null)
    {
        int before;
        lock (gate) before = heard.Count;
        return Hears(h => h.Count >= before + count, $"{count} packets more", within);
    }

    /// <summary>The audio of some packets, one after another.</summary>
    public static short[] Samples(IEnumerable<HeardPacket> packets) => [.. packets.Where(p => p.IsAudio).SelectMany(p => p.Samples())];

    public void Dispose()
    {
        ended.Set();
        socket.Dispose(); // the codecs' own memory goes with them, after the threads
    }

    void Receive()
    {
        var buffer = new byte[2048];
        EndPoint from = new IPEndPoint(IPAddress.Loopback, 0);
        while (!ended.IsSet)
        {
            int length;
            long at;
            try
            {
                length = socket.ReceiveFrom(buffer, ref from);
                at = ArrivalTime.Of(socket);
            }
            catch (SocketException) when (!ended.IsSet)
            {
                continue; // the peer's port is closed: an ear does not mind
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
            if (Volatile.Read(ref remote) is { } far && !far.Equals(from)) continue; // somebody still speaks to whoever had this port before
            if (RtpHeader.TryRead(buffer.AsSpan(0, length), out var header)) Keep(at, header, buffer.AsSpan(header.PayloadOffset, header.PayloadLength));
        }
    }

    void Keep(long at, in RtpHeader header, ReadOnlySpan<byte> payload)
    {
        var packet = new HeardPacket(at, header.Marker, header.PayloadType, header.Sequence, header.Timestamp, header.Ssrc, payload.ToArray()) { Decoded = Decode(header.PayloadType, payload) };
        lock (gate)
        {
            heard.Add(packet);
            for (var i = waits.Count - 1; i >= 0; i--)
            {
                if (!waits[i].Enough(heard)) continue;
                waits[i].Done.TrySetResult();
                waits.RemoveAt(i);
            }
        }
    }

    short[]? Decode(byte payloadType, ReadOnlySpan<byte> payload)
    {
        if (decoder is null || payloadType != (byte)codec) return null;
        var samples = new short[Audio.LongestPacket];
        return samples[..decoder.Decode(payload, samples)];
    }

    void Send()
    {
        ThreadOrder.Set(Niceness); // a mouth that stutters on a busy machine says nothing about the product
        var packet = new byte[512];
        var key = new KeyInHand();
        for (var deadline = Stopwatch.GetTimestamp(); !ended.IsSet; deadline += ticksPerFrame)
        {
            var wait = (deadline - Stopwatch.GetTimestamp()) * 1000 / Stopwatch.Frequency;
            if (wait > 0 && ended.Wait((int)wait)) return;
            Standstill.Note(deadline * NsPerTick, Stopwatch.GetTimestamp() * NsPerTick);
            if (Volatile.Read(ref remote) is { } to) SendFrame(packet, key, to);
            timestamp += FrameSamples;
        }
    }

    sealed class KeyInHand
    {
        public byte Code;
        public uint Start;
        public int Packet;
    }

    void SendFrame(byte[] packet, KeyInHand key, IPEndPoint to)
    {
        if (key.Packet == 0)
        {
            lock (gate)
            {
                if (keys.TryDequeue(out var pressed) && DtmfKeys.TryCode(pressed, out key.Code)) (key.Packet, key.Start) = (1, timestamp);
            }
        }
        if (key.Packet > 0)
        {
            SendKey(packet, key, to);
            return;
        }
        if (Volatile.Read(ref next)() is not { } frame)
        {
            SendNoise(packet, to);
            return;
        }
        RtpHeader.Write(packet, sent == 0, (byte)codec, sequence++, timestamp * Audio.ClockUnits(codec), ssrc);
        var payload = packet.AsSpan(RtpHeader.Size);
        if (encoder is null) G711.Encode(codec, frame, payload);
        SendBytes(packet.AsSpan(0, RtpHeader.Size + (encoder?.Encode(frame, payload) ?? frame.Length)), to);
    }

    void SendNoise(byte[] packet, IPEndPoint to)
    {
        const byte comfortNoise = 13;
        var level = Interlocked.Exchange(ref noiseLevel, -1);
        if (level < 0) return;
        RtpHeader.Write(packet, false, comfortNoise, sequence++, timestamp, ssrc);
        packet[RtpHeader.Size] = (byte)level;
        SendBytes(packet.AsSpan(0, RtpHeader.Size + 1), to);
    }

    /// <summary>Five packets of growing length, the fifth with the end bit and twice repeated.</summary>
    void SendKey(byte[] packet, KeyInHand key, IPEndPoint to)
    {
        const int tone = 5, repeats = 2;
        RtpHeader.Write(packet, key.Packet == 1, EventType, sequence++, key.Start * Audio.ClockUnits(codec), ssrc);
        new DtmfEvent(key.Code, key.Packet >= tone, 10, (ushort)(Math.Min(key.Packet, tone) * FrameSamples)).Write(packet.AsSpan(RtpHeader.Size));
        SendBytes(packet.AsSpan(0, RtpHeader.Size + DtmfEvent.Size), to);
        if (key.Packet == tone) Volatile.Write(ref keyEndedAt, Stopwatch.GetTimestamp() * NsPerTick);
        key.Packet = key.Packet == tone + repeats ? 0 : key.Packet + 1;
    }

    void SendBytes(ReadOnlySpan<byte> packet, IPEndPoint to)
    {
        try
        {
            socket.SendTo(packet, to);
            Interlocked.Increment(ref sent);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return; // closed at the other end or here
        }
    }
}
