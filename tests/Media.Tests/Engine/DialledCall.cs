using System.Net;
using System.Net.Sockets;
using CallCenter.Media.Codecs;
using CallCenter.Media.Dtmf;
using CallCenter.Media.Rtp;
using CallCenter.Media.Sdp;
using CallCenter.Media.Tests.Dtmf;

namespace CallCenter.Media.Tests.Engine;

/// <summary>How a phone tells its keys.</summary>
public enum KeyWay
{
    /// <summary>RFC 4733.</summary>
    Events,

    /// <summary>In the audio.</summary>
    Tones,

    /// <summary>By SIP INFO: the media engine hears of them by <see cref="MediaLeg.PassKey"/>.</summary>
    Info,
}

/// <summary>Two phones of different codecs in a room; the first presses a key every 200 ms, and both networks lose packets. Time comes in slots of 20 ms.</summary>
sealed class DialledCall : IDisposable
{
    public const int SlotsPerKey = 10;

    /// <summary>Slots before the first key, half a second: nobody presses one with the first packet.</summary>
    public const int Lead = 25;

    const byte EventType = 101;
    const int EventPackets = 7, TonePackets = 5, Loss = 5;

    readonly KeyWay way;
    readonly AudioCodec codec;
    readonly Random chance;
    readonly char[] keys;
    readonly short[] sound;
    readonly IVoiceEncoder? encoder;
    readonly Socket phone = Bound();
    readonly FarPhone far;

    public DialledCall(EngineRig rig, KeyWay way, AudioCodec codec, AudioCodec other, int count, int seed)
    {
        (this.way, this.codec, chance, encoder) = (way, codec, new(seed), VoiceCodecs.Encoder(codec));
        keys = Line.RandomKeys(chance, count);
        sound = way == KeyWay.Tones ? Sound() : new short[Audio.FrameSamples];
        far = new(other, new(~seed), Loss);
        Presser = rig.Leg();
        Presser.MuteTones();
        rig.PassesTonesAsKeys = true;
        var hearer = rig.Leg();
        Presser.SetRemote(Settled(codec, phone, events: way == KeyWay.Events));
        hearer.SetRemote(Settled(other, far.Socket, events: true));
        rig.Engine.OpenRoom(1).Set([new(Presser), new(hearer)]);
    }

    public MediaLeg Presser { get; }

    /// <summary>What was dialled.</summary>
    public string Dialled => new(keys);

    /// <summary>What the other phone heard, after its own loss.</summary>
    public string HeardFar => far.Heard();

    public void Send(int slot)
    {
        var (key, part) = slot < Lead ? (keys.Length, 0) : ((slot - Lead) / SlotsPerKey, (slot - Lead) % SlotsPerKey);
        if (key >= keys.Length || way != KeyWay.Events || part >= EventPackets) SendAudio(slot);
        else SendEvent(slot, keys[key], part);
        if (way == KeyWay.Info && part == 0 && key < keys.Length) Presser.PassKey(keys[key]);
    }

    public void Dispose()
    {
        far.Dispose();
        phone.Dispose();
        encoder?.Dispose();
    }

    /// <summary>100 ms of tone and of pause, the tones anywhere within the packets.</summary>
    short[] Sound()
    {
        var key = new KeySound();
        List<short> all = [.. new short[Lead * Audio.FrameSamples]];
        foreach (var pressed in keys)
        {
            var before = chance.Next(Audio.FrameSamples);
            all.AddRange(new short[before]);
            all.AddRange(key.Say(pressed, chance).SkipLast(before).Select(s => (short)s));
        }
        all.AddRange(new short[Audio.Rate / 2]);
        return [.. all];
    }

    void SendAudio(int slot)
    {
        Span<byte> packet = stackalloc byte[RtpHeader.Size + Audio.LongestPacket];
        var frame = sound.AsSpan(Math.Min(slot * Audio.FrameSamples, sound.Length - Audio.FrameSamples) is var at && way == KeyWay.Tones ? at : 0, Audio.FrameSamples);
        var payload = packet[RtpHeader.Size..];
        if (encoder is null) G711.Encode(codec, frame, payload);
        var length = encoder?.Encode(frame, payload) ?? frame.Length;
        Send(packet[..(RtpHeader.Size + length)], (byte)codec, slot, slot, marker: false);
    }

    /// <summary>Growing lengths, the last three times (RFC 4733 §2.5.1).</summary>
    void SendEvent(int slot, char key, int part)
    {
        Assert.True(DtmfKeys.TryCode(key, out var code));
        Span<byte> packet = stackalloc byte[RtpHeader.Size + DtmfEvent.Size];
        new DtmfEvent(code, part >= TonePackets - 1, 10, (ushort)(Math.Min(part + 1, TonePackets) * Audio.FrameSamples)).Write(packet[RtpHeader.Size..]);
        Send(packet, EventType, slot, slot - part, marker: part == 0);
    }

    void Send(Span<byte> packet, byte type, int slot, int since, bool marker)
    {
        RtpHeader.Write(packet, marker, type, (ushort)slot, (uint)(since * Audio.FrameSamples) * Audio.ClockUnits(codec), 7);
        if (chance.Next(100) >= Loss) phone.SendTo(packet, SocketFlags.None, Presser.Local);
    }

    static NegotiatedAudio Settled(AudioCodec codec, Socket phone, bool events)
    {
        var types = new PayloadTypes(null, null, events ? EventType : null).With(codec, (byte)codec);
        return new(codec, types, types, (IPEndPoint)phone.LocalEndPoint!, null, MediaDirection.SendReceive);
    }

    internal static Socket Bound()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 18 };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }
}

/// <summary>The phone at the other end of a <see cref="DialledCall"/>: it hears keys in either way.</summary>
sealed class FarPhone : IDisposable
{
    const byte EventType = 101;

    readonly AudioCodec codec;
    readonly Random chance;
    readonly int loss;
    readonly Interpreter? interpreter;
    readonly InbandKeys tones = new();
    readonly List<char> heard = [];
    readonly CancellationTokenSource ended = new();
    readonly Task listening;
    DtmfReceiver events;

    public FarPhone(AudioCodec codec, Random chance, int loss)
    {
        (this.codec, this.chance, this.loss) = (codec, chance, loss);
        interpreter = Audio.IsLaw(codec) ? null : new(codec, VoiceCodecs.Decoder(codec)!);
        listening = Listen();
    }

    public Socket Socket { get; } = DialledCall.Bound();

    public string Heard()
    {
        lock (heard) return string.Concat(heard);
    }

    async Task Listen()
    {
        var buffer = new byte[2048];
        try
        {
            while (true)
            {
                var length = await Socket.ReceiveAsync(buffer, ended.Token);
                if (chance.Next(100) >= loss) Take(buffer.AsSpan(0, length), MediaClock.Nanoseconds());
            }
        }
        catch (OperationCanceledException)
        {
            return; // the call is over
        }
    }

    void Take(ReadOnlySpan<byte> packet, long now)
    {
        if (!RtpHeader.TryRead(packet, out var header)) return;
        if (events.TryExpire(now, out var unended)) Add(unended); // of the last key no other one tells the end, if all three of its own were lost
        var payload = packet.Slice(header.PayloadOffset, header.PayloadLength);
        if (header.PayloadType == EventType && DtmfEvent.TryRead(payload, out var happened))
        {
            if (events.TryEnd(header.Ssrc, header.Timestamp, happened, now, out var press)) Add(press);
        }
        else if (header.PayloadType == (byte)codec) TakeAudio(header with { Timestamp = header.Timestamp / Audio.ClockUnits(codec) }, payload, now);
    }

    void TakeAudio(in RtpHeader header, ReadOnlySpan<byte> payload, long now)
    {
        if (interpreter is null)
        {
            Hear(header, payload, codec, [], now);
            return;
        }
        interpreter.Put(header, payload, now);
        Span<byte> codes = stackalloc byte[Audio.LongestPacket];
        while (interpreter.TryTell(now, codes, out var told, out var said)) Hear(told, codes[..told.PayloadLength], AudioCodec.Pcmu, said, now);
    }

    void Hear(in RtpHeader header, ReadOnlySpan<byte> payload, AudioCodec law, ReadOnlySpan<byte> said, long now)
    {
        if (tones.Take(header, payload, law, null, 0, now, out var press, said)) Add(press);
    }

    void Add(in KeyPress press)
    {
        if (!DtmfKeys.TryKey(press.Code, out var key)) return;
        lock (heard) heard.Add(key);
    }

    public void Dispose()
    {
        ended.Cancel();
        listening.GetAwaiter().GetResult();
        interpreter?.Dispose();
        Socket.Dispose();
        ended.Dispose();
    }
}
