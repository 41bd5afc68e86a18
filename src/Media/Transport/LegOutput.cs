using CallCenter.Media.Codecs;
using CallCenter.Media.Dtmf;
using CallCenter.Media.Mixing;
using CallCenter.Media.Prompts;
using CallCenter.Media.Rtp;
using CallCenter.Media.Sdp;
using CallCenter.Media.Srtp;

namespace CallCenter.Media.Transport;

/// <summary>
/// What a leg is sent, one source at a time, in this order: keys being sent, the play, a peer's key, the peer's packets or the sum of several
/// peers, silence. There is always one, so the leg is never sent nothing (unless its direction forbids, or it is not spoken to yet: <see cref="IsSilentUntilSpokenTo"/>).
/// </summary>
sealed class LegOutput(MediaLeg handle, MediaShard shard, LegWire wire)
{
    /// <summary>A relayed peer may be so late before silence fills in (ns): with the 20 ms tick, and a tick that waits for its round, no pause exceeds 60 ms.</summary>
    const long RelayGrace = 38 * MediaClock.PerMillisecond;

    /// <summary>The same for a browser (ns): its jitter buffer bridges a pause without a word from us, and what is filled in makes all that follows earlier by that, which it takes for jitter.</summary>
    const long BrowserGrace = 100 * MediaClock.PerMillisecond;

    /// <summary>Packets of a key may be 50 ms apart (RFC 4733 §2.5.1.2); audio in between would break it in two (ns).</summary>
    const long KeyGrace = 100 * MediaClock.PerMillisecond;

    NegotiatedAudio? audio;
    Player player;
    DtmfSender keys;
    OutgoingStream stream = NewStream(shard.Random);
    SrtpSender? secured;
    Speaker[] speakers = [];
    uint? soundedSsrc;
    uint soundedAt;
    uint? relayedSsrc;
    uint relayedAt, relayedAs;
    IVoiceEncoder? encoder;
    bool inKey;
    uint sentBefore;

    /// <summary>Silence begins only after something else, which ends this.</summary>
    public bool IsSilentUntilSpokenTo { get; set; }

    public void Move(MediaShard to) => shard = to;

    public OutgoingStream Stream => stream;

    /// <summary>Packets, of all streams.</summary>
    public uint Sent => sentBefore + stream.Packets;

    /// <summary>Those who are summed; none where one or nobody is heard.</summary>
    public ReadOnlySpan<Speaker> Speakers => speakers;

    /// <summary>Several are heard: what they say is summed here, not relayed.</summary>
    public bool IsMixed => speakers.Length > 0;

    /// <summary>What the leg is sent.</summary>
    public AudioCodec Codec => audio?.Codec ?? AudioCodec.Pcmu;

    /// <summary>Packets of this codec can be relayed as they are.</summary>
    public bool IsStraight(AudioCodec codec) => !IsMixed && audio?.Codec == codec;

    bool CanSend => audio is { Sends: true } && wire.IsOpen;

    public void Settle(NegotiatedAudio settled)
    {
        if (audio?.Codec != settled.Codec || settled.Codec == AudioCodec.Opus && audio.Opus != settled.Opus) SetEncoder(VoiceCodecs.Encoder(settled.Codec, settled.Opus));
        audio = settled;
    }

    void SetEncoder(IVoiceEncoder? made)
    {
        encoder?.Dispose();
        encoder = made;
    }

    /// <summary>
    /// Another key, or none. The stream begins anew with another source: its roll-over counter is 0 then, however the peer reads the rules about
    /// keeping it (RFC 3711 §3.3.1, RFC 4568 §7.1.4).
    /// </summary>
    public void Secure(SrtpSender? sender)
    {
        secured = sender;
        if (stream.Packets == 0) return;
        sentBefore += stream.Packets;
        stream = NewStream(shard.Random);
    }

    /// <summary>The first number is below 2^15: whoever misses the first packets does not miss a roll-over (RFC 3711 §3.3.1).</summary>
    static OutgoingStream NewStream(Random random) =>
        OutgoingStream.Start((uint)random.NextInt64(uint.MaxValue), (ushort)random.Next(1 << 15), (uint)random.NextInt64(uint.MaxValue));

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

    /// <summary>Whatever it is.</summary>
    public void StopPlay() => End(PlayEnd.Stopped, MediaClock.Nanoseconds());

    /// <summary>Sums these speakers from the next tick on; none: packets are relayed as they come.</summary>
    public void Mix(SpeechRing[] those)
    {
        if (those.Length > 0 != IsMixed) stream.Forget(); // a relayed peer is waited for no longer
        var before = speakers;
        speakers = [.. those.Select(s => before.FirstOrDefault(b => b.Speech == s) is { Speech: not null } heard ? heard : new(s, s.End))];
    }

    public void SendDigits(string digits) => keys.Enqueue(digits);

    public void Close(long now)
    {
        End(PlayEnd.LegClosed, now);
        stream.Forget();
        SetEncoder(null);
        audio = null;
    }

    /// <summary>Every 20 ms: sends what is made here, if it is its turn.</summary>
    public void Tick(long now, long due)
    {
        if (keys.IsBusy)
        {
            TickKeys(now, due);
            return;
        }
        if (player.Current is null && (IsRelaying(shard.HeardUpTo) || IsStill)) return; // silence in place of what has yet to be read would keep a loop behind that is
        SendFrame(now, due);
    }

    /// <summary>A peer's packets fill the stream at present.</summary>
    bool IsRelaying(long now) => stream.Relaying && now - stream.LastSent < (inKey ? KeyGrace : audio?.Dtls is null ? RelayGrace : BrowserGrace);

    bool IsStill => IsSilentUntilSpokenTo && !IsMixed;

    void TickKeys(long now, long due)
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
        SendFrame(now, due);
    }

    /// <summary>A frame made here. A play to a leg that may not be sent to stands still until it may.</summary>
    void SendFrame(long now, long due)
    {
        if (!CanSend || !stream.TryGenerate(now, Audio.FrameSamples, out var packet)) return;
        var frame = shard.Frame.AsSpan(0, RtpHeader.Size + Audio.FrameSamples);
        Fill(frame[RtpHeader.Size..], Audio.LawFor(audio!.Codec), due);
        if (encoder is not null) frame = Encoded(frame[RtpHeader.Size..]);
        Send(frame, audio.Send.Of(audio.Codec)!.Value, packet, now);
        if (player.IsDone) End(PlayEnd.Completed, now);
    }

    /// <summary>A frame in the leg's own codec, behind room for the header.</summary>
    Span<byte> Encoded(ReadOnlySpan<byte> codes)
    {
        Span<short> samples = stackalloc short[Audio.FrameSamples];
        G711.Decode(Audio.LawFor(audio!.Codec), codes, samples);
        return shard.Frame.AsSpan(0, RtpHeader.Size + encoder!.Encode(samples, shard.Frame.AsSpan(RtpHeader.Size)));
    }

    void Fill(Span<byte> payload, AudioCodec codec, long due)
    {
        if (keys.IsBusy) FillKey(payload, codec);
        else if (player.TryFill(payload, codec)) return;
        else if (IsMixed) Mixer.Fill(speakers, due, payload, codec);
        else payload.Fill(Audio.Silence(codec));
    }

    void FillKey(Span<byte> payload, AudioCodec codec)
    {
        var sound = keys.TrySound(out var code, out var from) ? DtmfTones.Of(code, codec) : default;
        if (sound.IsEmpty || audio!.Send.Event is not null) payload.Fill(Audio.Silence(codec));
        else sound.Slice(from, payload.Length).CopyTo(payload);
    }

    /// <summary>A peer's audio, of the codec of this leg.</summary>
    /// <param name="samples">How much time it fills.</param>
    public void Relay(Leg from, in RtpHeader received, int samples, Span<byte> packet, long now)
    {
        if (!CanSend || IsBusy || !stream.TryRelay(from, received, samples, now, out var mapped)) return;
        inKey = false;
        Send(Framed(packet, received), audio!.Send.Of(audio.Codec)!.Value, mapped, now);
    }

    /// <summary>A peer's telephone-event, under this leg's payload type; a leg without one hears the key's tones.</summary>
    public void RelayEvent(Leg from, in RtpHeader received, Span<byte> packet, in DtmfEvent key, long now)
    {
        if (!CanSend || player.Current is not null) return;
        if (audio!.Send.Event is not { } type)
        {
            Sound(received, key);
            return;
        }
        if (IsBusy) return;
        if (IsMixed && IsRelaying(now) && !stream.Relays(from)) return; // another's key is under way
        if (!TryMap(from, received, key, now, out var mapped)) return;
        inKey = !key.End;
        Send(Framed(packet, received), type, mapped, now);
    }

    /// <summary>A key whose packets were waited for in vain, so that silence was sent meanwhile, is the same key when they come after all: it keeps its timestamp, or it would be heard twice.</summary>
    bool TryMap(Leg from, in RtpHeader received, in DtmfEvent key, long now, out OutgoingPacket mapped)
    {
        var known = received.Ssrc == relayedSsrc && received.Timestamp == relayedAt;
        if (known && !stream.Relays(from))
        {
            mapped = stream.Event(now, relayedAs, key.Duration);
            return true;
        }
        if (!stream.TryRelay(from, received, key.Duration, now, out mapped)) return false;
        if (!known) (relayedSsrc, relayedAt, relayedAs) = (received.Ssrc, received.Timestamp, mapped.Timestamp);
        return true;
    }

    /// <summary>Once for all packets of a key.</summary>
    void Sound(in RtpHeader received, in DtmfEvent key)
    {
        if (received.Ssrc == soundedSsrc && (int)(received.Timestamp - soundedAt) <= 0) return;
        (soundedSsrc, soundedAt) = (received.Ssrc, received.Timestamp);
        if (DtmfKeys.TryKey(key.Code, out var name)) SendDigits(name.ToString());
    }

    bool IsBusy => player.Current is not null || keys.IsBusy;

    /// <summary>The payload with room for a plain header before it: CSRCs, extensions and padding are the peer's affair and end here.</summary>
    static Span<byte> Framed(Span<byte> packet, in RtpHeader received) =>
        packet.Slice(received.PayloadOffset - RtpHeader.Size, RtpHeader.Size + received.PayloadLength);

    void Send(Span<byte> packet, byte payloadType, in OutgoingPacket fields, long now)
    {
        IsSilentUntilSpokenTo = false;
        RtpHeader.Write(packet, fields.Marker, payloadType, fields.Sequence, fields.Timestamp * Audio.ClockUnits(Codec), stream.Ssrc);
        var payload = packet.Length - RtpHeader.Size;
        if (secured is not null && !secured.TryProtect(packet, shard.Secured, out packet)) return; // sent before: a peer repeats itself
        stream.Sent(payload, now);
        if (wire.Send(packet)) shard.Sent++;
        else shard.SendFailures++;
    }

    void End(PlayEnd reason, long now)
    {
        if (player.Current is not { } play) return;
        var position = player.Position;
        player.Stop();
        shard.Events.Happened(new PlayEnded(handle, new(now), play.Id, reason, position));
    }
}
