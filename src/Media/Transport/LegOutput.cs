using CallCenter.Media.Codecs;
using CallCenter.Media.Dtmf;
using CallCenter.Media.Prompts;
using CallCenter.Media.Rtp;
using CallCenter.Media.Sdp;

namespace CallCenter.Media.Transport;

/// <summary>
/// What a leg is sent, one source at a time, in this order: keys being sent, the play, the peer's packets, silence. There is always
/// one, so the leg is never sent nothing (unless its direction forbids).
/// </summary>
sealed class LegOutput(MediaLeg handle, MediaShard shard, int socket)
{
    /// <summary>A relayed peer may be so late before silence fills in (ns): with the 20 ms tick no pause exceeds 60 ms.</summary>
    const long RelayGrace = 40 * MediaClock.PerMillisecond;

    NegotiatedAudio? audio;
    Player player;
    DtmfSender keys;
    OutgoingStream stream = OutgoingStream.Start((uint)shard.Random.NextInt64(uint.MaxValue), (ushort)shard.Random.Next(ushort.MaxValue), (uint)shard.Random.NextInt64(uint.MaxValue));

    public PeerName Destination;

    public OutgoingStream Stream => stream;

    bool CanSend => audio is { Sends: true } && !Destination.IsNone;

    public void Settle(NegotiatedAudio settled, in PeerName destination) => (audio, Destination) = (settled, destination);

    public void Play(Play play)
    {
        End(PlayEnd.Replaced, MediaClock.Nanoseconds());
        player.Begin(play);
        if (player.IsDone) End(PlayEnd.Completed, MediaClock.Nanoseconds()); // nothing to play is played at once
    }

    public void StopPlay(PlayId play)
    {
        if (player.Current?.Id == play) End(PlayEnd.Stopped, MediaClock.Nanoseconds());
    }

    public void SendDigits(string digits) => keys.Enqueue(digits);

    public void Close(long now)
    {
        End(PlayEnd.LegClosed, now);
        stream.Forget();
        audio = null;
    }

    /// <summary>Every 20 ms: sends what is made here, if it is its turn.</summary>
    public void Tick(long now)
    {
        if (keys.IsBusy)
        {
            TickKeys(now);
            return;
        }
        if (player.Current is null && stream.Relaying && now - stream.LastSent < RelayGrace) return;
        SendFrame(now);
    }

    void TickKeys(long now)
    {
        var slot = keys.Next(out var happened);
        if (slot == DtmfSlot.Event && audio?.Send.Event is { } type && CanSend)
        {
            var packet = stream.Event(now, keys.Started, happened.Duration);
            keys.Began(packet.Timestamp);
            var frame = shard.Frame.AsSpan(0, RtpHeader.Size + DtmfEvent.Size);
            happened.Write(frame[RtpHeader.Size..]);
            Send(frame, type, packet, now);
            return;
        }
        if (slot == DtmfSlot.Idle) shard.Events.Happened(new DigitsSent(handle, new(now)));
        SendFrame(now);
    }

    /// <summary>A frame of the play, or of silence. A play to a leg that may not be sent to stands still until it may.</summary>
    void SendFrame(long now)
    {
        if (!CanSend || !stream.TryGenerate(now, Audio.FrameSamples, out var packet)) return;
        var codec = audio!.Codec;
        var frame = shard.Frame.AsSpan(0, RtpHeader.Size + Audio.FrameSamples);
        var payload = frame[RtpHeader.Size..];
        if (keys.IsBusy || !player.TryFill(payload, codec)) payload.Fill(Audio.Silence(codec));
        Send(frame, audio.Send.Of(codec)!.Value, packet, now);
        if (player.IsDone) End(PlayEnd.Completed, now);
    }

    /// <summary>A peer's audio: as it is if the law agrees, else translated in place.</summary>
    public void Relay(Leg from, in RtpHeader received, Span<byte> packet, AudioCodec codec, long now)
    {
        if (!CanSend || IsBusy || !stream.TryRelay(from, received, received.PayloadLength, now, out var mapped)) return;
        var payload = packet.Slice(received.PayloadOffset, received.PayloadLength);
        if (codec != audio!.Codec) G711.Translate(codec, audio.Codec, payload, payload);
        Send(Framed(packet, received), audio.Send.Of(audio.Codec)!.Value, mapped, now);
    }

    /// <summary>A peer's telephone-event, under this leg's payload type; a leg without one hears a pause.</summary>
    public void RelayEvent(Leg from, in RtpHeader received, Span<byte> packet, int duration, long now)
    {
        if (!CanSend || IsBusy || audio!.Send.Event is not { } type || !stream.TryRelay(from, received, duration, now, out var mapped)) return;
        Send(Framed(packet, received), type, mapped, now);
    }

    bool IsBusy => player.Current is not null || keys.IsBusy;

    /// <summary>The payload with room for a plain header before it: CSRCs, extensions and padding are the peer's affair and end here.</summary>
    static Span<byte> Framed(Span<byte> packet, in RtpHeader received) =>
        packet.Slice(received.PayloadOffset - RtpHeader.Size, RtpHeader.Size + received.PayloadLength);

    unsafe void Send(Span<byte> packet, byte payloadType, in OutgoingPacket fields, long now)
    {
        RtpHeader.Write(packet, fields.Marker, payloadType, fields.Sequence, fields.Timestamp, stream.Ssrc);
        stream.Sent(packet.Length - RtpHeader.Size, now);
        fixed (byte* data = packet)
        fixed (byte* name = Destination.Bytes)
        {
            if (Libc.SendTo(socket, data, (nuint)packet.Length, 0, name, Destination.Length) < 0) shard.SendFailures++;
            else shard.Sent++;
        }
    }

    void End(PlayEnd reason, long now)
    {
        if (player.Current is not { } play) return;
        var position = player.Position;
        player.Stop();
        shard.Events.Happened(new PlayEnded(handle, new(now), play.Id, reason, position));
    }
}
