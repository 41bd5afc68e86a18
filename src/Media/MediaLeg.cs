using System.Net;
using CallCenter.Media.Dtmf;
using CallCenter.Media.Ice;
using CallCenter.Media.Prompts;
using CallCenter.Media.Quality;
using CallCenter.Media.Recording;
using CallCenter.Media.Sdp;
using CallCenter.Media.Srtp;
using CallCenter.Media.Tones;
using CallCenter.Media.Transport;

namespace CallCenter.Media;

/// <summary>
/// One party's media, as the signalling thread holds it. Every command is posted to the leg's loop thread and returns at once; the order
/// of commands to legs and rooms of one group is kept. After <see cref="Close"/> commands mean nothing.
/// </summary>
public sealed class MediaLeg
{
    volatile MediaShard shard; // also read by the door's thread
    readonly Leg leg;
    readonly StreamDoor? door;
    readonly HashSet<string> fragments = [];
    SrtpKeys? keys;
    bool byDtls;

    internal MediaLeg(long id, object? owner, IPEndPoint local, MediaShard shard, LegSockets sockets, DtlsAbility? dtls, StreamDoor? door)
    {
        (Id, Owner, Local, this.shard, Dtls, this.door) = (id, owner, local, shard, dtls, door);
        Ear = new(this, shard.Events);
        leg = new(this, shard, sockets);
        shard.PostAtLeisure(leg.Join); // what it is to do follows, and wakes
    }

    /// <summary>Unique within the engine.</summary>
    public long Id { get; }

    /// <summary>Whatever the caller wants to find again in an event.</summary>
    public object? Owner { get; }

    /// <summary>The advertised address and RTP port, for SDP; bound from the start.</summary>
    public IPEndPoint Local { get; }

    /// <summary>What SDP may say of DTLS and ICE; null: nothing.</summary>
    public DtlsAbility? Dtls { get; }

    /// <summary>How the leg sounds since the last <see cref="QualityMeasured"/>, read at any time; null if nothing came since.</summary>
    public LegWindow? Sound => leg.Sound;

    internal MediaShard Shard => shard;
    internal Leg Loop => leg;
    internal ToneEar Ear { get; }

    /// <summary>
    /// What SDP settled; again after each re-offer. From now on the leg is sent media every 20 ms without a break (so call it when
    /// answering, or for early media), unless the direction forbids; but see <see cref="BeSilentUntilSpokenTo"/>. Other keys than before begin
    /// a new stream of packets; the same ones go on.
    /// </summary>
    public void SetRemote(NegotiatedAudio audio)
    {
        var wasByDtls = byDtls;
        byDtls = audio.Dtls is not null;
        if (audio.Dtls is { } terms) Expect(terms.OurIce);
        if (byDtls || !wasByDtls && (audio.Keys is null ? keys is null : audio.Keys.IsSame(keys)))
        {
            shard.Post(() => leg.SetRemote(audio));
            return;
        }
        keys = audio.Keys;
        var session = keys is null ? null : new SrtpSession(keys); // here, for it takes longer than a packet
        shard.Post(() =>
        {
            leg.Secure(session);
            leg.SetRemote(audio);
        });
    }

    /// <summary>An offer with <see cref="Dtls"/> in it is out: from now on its reader may look for a path, and shake hands, before its answer is here.</summary>
    public void Await()
    {
        if (Dtls is not { Ice: { } ours }) return;
        Expect(ours);
        shard.Post(() => leg.Await(ours));
    }

    void Expect(IceCredentials? ours)
    {
        if (door is null || ours is null || !fragments.Add(ours.Fragment)) return;
        door.Expect(ours.Fragment, this);
    }

    /// <summary>A connection that the door was asked for.</summary>
    internal void Adopt(MediaStream stream)
    {
        var at = shard;
        at.Post(() =>
        {
            if (leg.Shard == at) leg.Adopt(stream);
            else Adopt(stream); // it went to another loop meanwhile
        });
    }

    /// <summary>Without a sign of life of the peer (STUN, or SRTP) for so long it is told as gone, and sent nothing more; to be said before <see cref="SetRemote"/>.</summary>
    public void DoubtAfter(TimeSpan silence) => shard.Post(() => leg.Consent = silence);

    /// <summary>A call may begin for a leg that stands by: it is sent silence from now on, so that its jitter buffer has settled when the talk begins. Until <see cref="Rest"/>.</summary>
    public void Prepare() => shard.Post(leg.Prepare);

    /// <summary>A call begins for a leg that stood by (<see cref="Rest"/>): it is measured anew.</summary>
    public void Begin() => shard.Post(leg.Begin);

    /// <summary>A call is over: plays, track and membership end, and the leg is sent nothing until it is spoken to. Its peer stays.</summary>
    public void Rest() => shard.Post(leg.Rest);

    /// <summary>The party hears itself, or no more; in a room nobody does.</summary>
    public void Echo(bool on) => shard.Post(() => leg.Echo(on));

    /// <summary>What is commanded from now on waits until the leg is there; it leaves its room, and rests.</summary>
    internal void MoveTo(MediaShard to)
    {
        if (to == shard) return;
        var from = shard;
        shard = to;
        to.Post(to.Expect);
        from.Post(() => leg.Leave(to));
    }

    /// <summary>
    /// For a party that was called: until something is said or played to it, it is sent nothing, for it has answered nobody's silence. Then
    /// as every other.
    /// </summary>
    public void BeSilentUntilSpokenTo() => shard.Post(() => leg.Output.IsSilentUntilSpokenTo = true);

    /// <summary>Plays to this leg, in place of the room and of any other play. What it says goes on reaching the room.</summary>
    public void Play(Play play) => shard.Post(() => leg.Play(play));

    /// <summary>Ends that play if it is the present one; the room is heard again from the next packet on.</summary>
    public void StopPlay(PlayId play) => shard.Post(() => leg.StopPlay(play));

    /// <summary>Sends keys, 200 ms each, in place of audio: by RFC 4733, or as tones where the leg has no telephone-event (flash is a pause then). False: a key that does not exist.</summary>
    public bool SendDigits(string keys)
    {
        if (!keys.All(k => DtmfKeys.TryCode(k, out _))) return false;
        if (keys.Length > 0) shard.Post(() => leg.SendDigits(keys));
        return true;
    }

    /// <summary>Whether keys pressed here go on to those who hear this leg (true at first). They are reported either way. Of a key that comes as tones, and must not, some 20 ms are heard before it is noticed.</summary>
    public void PassDigits(bool pass) => shard.Post(() => leg.Hearing.PassesDigits = pass);

    /// <summary>A key that was pressed here and came by signalling: it goes to those who hear the leg like one that came in its media. It is not reported.</summary>
    public void PassKey(char key)
    {
        if (DtmfKeys.TryCode(key, out _)) shard.Post(() => leg.PassKey(key));
    }

    /// <summary>From now on the tones of keys go to nobody who hears this leg: the keys are reported, and who wants them to go on says so by <see cref="PassKey"/>.</summary>
    public void MuteTones() => shard.Post(() => leg.Hearing.MutesTones = true);

    /// <summary>The party has just answered our call: <see cref="AnswerJudged"/> tells within 7 s whether a person or a machine did.</summary>
    public void JudgeAnswer() => shard.Post(() => Ear.Judge(MediaClock.Nanoseconds()));

    /// <summary>Starts a track of what this leg says; a running one stops at the same instant.</summary>
    /// <param name="from">Sample 0. Give both legs of a bridge the same instant.</param>
    /// <param name="quietAfter"><see cref="WentQuiet"/> is told once nothing was said for so long; zero = never.</param>
    public void Record(TrackId track, MediaInstant from, TimeSpan quietAfter = default) => shard.Post(() => leg.Record(track, from, quietAfter.Ticks * TimeSpan.NanosecondsPerTick));

    /// <summary>Ends the track; its length is the time between the two instants.</summary>
    public void StopRecording(TrackId track, MediaInstant at) => shard.Post(() => leg.StopRecording(track, at));

    /// <summary>Ends plays, track and membership, says RTCP BYE, and gives the ports back after <see cref="MediaOptions.DrainTime"/>.</summary>
    public void Close()
    {
        foreach (var fragment in fragments) door!.Forget(fragment);
        fragments.Clear();
        shard.Post(leg.Close);
    }
}
