using CallCenter.Media.Codecs;
using CallCenter.Media.Dtmf;
using CallCenter.Media.Mixing;
using CallCenter.Media.Recording;
using CallCenter.Media.Rtp;
using CallCenter.Media.Sdp;
using CallCenter.Media.Tones;

namespace CallCenter.Media.Transport;

/// <summary>What a leg's party says, on the leg's loop thread: it goes to keys, tones, track and those who hear it.</summary>
sealed class LegHearing
{
    readonly Leg leg;
    readonly MediaLeg handle;
    MediaShard shard;
    readonly ToneEar ear;
    ComfortVoice comfort;
    DtmfReceiver keys;
    Interpreter? interpreter;
    TrackRecorder? track;

    public LegHearing(Leg leg, MediaLeg handle, MediaShard shard)
    {
        (this.leg, this.handle, this.shard) = (leg, handle, shard);
        ear = handle.Ear;
        Hearers = new(leg, []);
    }

    public void Move(MediaShard to) => shard = to;

    /// <summary>Who hears the party; the room decides.</summary>
    public Hearers Hearers { get; private set; }

    /// <summary>What the party says, for those who hear others besides; null if there is no such.</summary>
    public SpeechRing? Speech { get; private set; }

    /// <summary>The codec of what came last, or of what was settled.</summary>
    public AudioCodec Spoken { get; private set; }

    /// <summary>Whether keys pressed here reach those who hear the leg.</summary>
    public bool PassesDigits { get; set; } = true;

    /// <summary>Keys that come as tones are not heard by others.</summary>
    public bool MutesTones { get; set; }

    public void Settle(NegotiatedAudio settled)
    {
        ear.Settle(tones: settled.Send.Event is null); // what we offered stays open for receiving, but a peer that did not take it will not send it
        Speaks(settled.Codec);
    }

    public void IsHeardBy(Leg[] legs, bool isMixed)
    {
        Hearers = new(leg, legs);
        Speech = isMixed ? Speech ?? new() : null;
    }

    public void Record(TrackId id, MediaInstant from, long quietAfter)
    {
        track?.Stop(from.Nanoseconds);
        track = new(handle, id, from, shard.Segments, quietAfter);
    }

    public void StopRecording(TrackId id, MediaInstant at)
    {
        if (track?.Id == id) StopRecording(at.Nanoseconds);
    }

    public void StopRecording(long at)
    {
        track?.Stop(at);
        track = null;
    }

    public void Close(long now)
    {
        StopRecording(now);
        interpreter?.Dispose();
        interpreter = null;
    }

    public void TakeAudio(in RtpHeader header, Span<byte> packet, AudioCodec codec, long now)
    {
        comfort.Heard(header);
        var payload = packet.Slice(header.PayloadOffset, header.PayloadLength);
        if (codec != Spoken)
        {
            Speaks(codec);
            leg.Rewire();
        }
        var isLaw = Audio.IsLaw(codec);
        if (isLaw) Hear(header, payload, codec, [], now);
        else if (track is not null || Speech is not null || ear.Listens) Interpret(header, payload, now);
        if (!isLaw && IsKeyHidden) return; // in a law it was silenced in its place
        Hearers.Pass(header, packet, codec, now); // last: it may rewrite the payload
    }

    public void TakeComfort(in RtpHeader header, ReadOnlySpan<byte> payload, long now)
    {
        interpreter?.Put(header, [], now); // its number is no loss
        comfort.Take(header, payload, now);
    }

    public void TakeEvent(in RtpHeader header, Span<byte> packet, long now)
    {
        interpreter?.Put(header, [], now); // its number is no loss
        if (!DtmfEvent.TryRead(packet.Slice(header.PayloadOffset, header.PayloadLength), out var happened)) return;
        if (PassesDigits) Hearers.PassEvent(header, packet, happened, now);
        if (keys.TryEnd(header.Ssrc, header.Timestamp, happened, now, out var press)) Tell(press, KeySource.Event);
    }

    /// <summary>Nothing comes any more.</summary>
    public void Lose() => comfort.Stop();

    /// <summary>Every 20 ms.</summary>
    public void Tick(long now)
    {
        if (interpreter is { IsWaiting: true }) TellInterpreted(now);
        if (comfort.IsOn && Audio.IsLaw(Spoken)) SoundComfort(now);
        track?.Tick(now);
        if (track is { } running && running.FallsQuiet(now, out var since)) shard.Events.Happened(new WentQuiet(handle, new(now), running.Id, new(since)));
    }

    /// <summary>The same for keys, which may lack their end.</summary>
    public void TickKeys(long now)
    {
        if (keys.TryExpire(now, out var press)) Tell(press, KeySource.Event);
        if (ear.TryExpire(now, out press)) Tell(press, KeySource.Tone);
    }

    bool IsKeyHidden => ear.HearsKey && (MutesTones || !PassesDigits);

    void SoundComfort(long now)
    {
        Span<byte> frame = stackalloc byte[Audio.FrameSamples];
        while (comfort.TryFrame(now, frame, AudioCodec.Pcmu, out var header))
        {
            track?.Take(header, frame, AudioCodec.Pcmu, now);
            Speech?.Take(header, frame, AudioCodec.Pcmu, now);
        }
    }

    /// <summary>For keys as tones, which may have to be silenced for others, and for fax machines.</summary>
    void Listen(in RtpHeader header, Span<byte> payload, AudioCodec law, ReadOnlySpan<byte> said, long place, long now)
    {
        if (ear.Take(header, payload, law, said, track, place, now, out var press)) Tell(press, KeySource.Tone);
        if (IsKeyHidden) payload.Fill(Audio.Silence(law));
    }

    void Speaks(AudioCodec codec)
    {
        Spoken = codec;
        if (interpreter?.Codec == codec) return;
        interpreter?.Dispose();
        interpreter = null;
    }

    void Interpret(in RtpHeader header, ReadOnlySpan<byte> payload, long now)
    {
        interpreter ??= new(Spoken, VoiceCodecs.Decoder(Spoken)!); // not before somebody needs it
        interpreter.Put(header, payload, now);
        TellInterpreted(now);
    }

    void TellInterpreted(long now)
    {
        Span<byte> codes = stackalloc byte[Audio.LongestPacket];
        while (interpreter!.TryTell(now, codes, out var told, out var said)) Hear(told, codes[..told.PayloadLength], AudioCodec.Pcmu, said, now);
    }

    /// <summary>What the party says, in a law and in order of its saying where its own codec is another.</summary>
    /// <param name="said">As it said it, where its own codec is another.</param>
    void Hear(in RtpHeader header, Span<byte> payload, AudioCodec law, ReadOnlySpan<byte> said, long now)
    {
        var place = track?.Take(header, payload, law, now) ?? 0;
        Listen(header, payload, law, said, place, now);
        Speech?.Take(header, payload, law, now);
    }

    void Tell(in KeyPress press, KeySource from)
    {
        if (DtmfKeys.TryKey(press.Code, out var key)) shard.Events.Happened(new DigitPressed(handle, new(press.End), key, new(press.Start), from));
    }
}
