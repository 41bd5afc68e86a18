using CallCenter.Kit.Media;
using CallCenter.Kit.Sip;
using CallCenter.Sip.Messages;

namespace CallCenter.Edge.Tests;

/// <summary>A caller alone whose words are recorded.</summary>
[Collection(Punctual.Name)]
public sealed class VoicemailTests
{
    static readonly LegId Caller = new("caller");

    [Fact]
    public async Task A_caller_who_has_said_nothing_for_so_long_is_told_with_the_last_word()
    {
        await using var scene = await EdgeScene.Start();
        using var ear = new RtpEar();
        await Leave(scene, ear);
        ear.SayTone(440);
        var from = TimeProvider.System.GetUtcNow();
        await scene.Script.Orders(new StartTrack("vm1", "caller-1", Caller, Channel.Left, from, QuietSeconds: 1));
        await ear.HearsPackets(20);
        ear.Mute();
        var quiet = await scene.Script.Hears<FellQuiet>();
        Assert.Equal(Caller, quiet.Leg);
        Assert.InRange((quiet.At - quiet.Since).TotalSeconds, 0.99, 1.5);
        Assert.True(quiet.Since > from);
    }

    [Fact]
    public async Task Of_a_message_that_is_discarded_at_its_end_nothing_is_kept()
    {
        await using var scene = await EdgeScene.Start();
        using var ear = new RtpEar();
        await Leave(scene, ear);
        ear.SayTone(440);
        await scene.Script.Orders(new StartTrack("vm1", "caller-1", Caller, Channel.Left, Now));
        await ear.HearsPackets(20);
        await scene.Script.Orders(new StopTrack("vm1", "caller-1", Now, Discard: true), new StartTrack("vm2", "caller-1", Caller, Channel.Left, Now));
        await ear.HearsPackets(20);
        await scene.Script.Orders(new StopTrack("vm2", "caller-1", Now)); // written after the other would have been
        await scene.Blobs.Until(files => files.Any(f => f.Contains("/vm2/", StringComparison.Ordinal)));
        Assert.DoesNotContain(scene.Blobs.Names, f => f.Contains("/vm1/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_a_caller_who_hung_up_too_soon_what_was_written_by_then_is_deleted()
    {
        await using var scene = await EdgeScene.Start();
        using var ear = new RtpEar();
        var (peer, answer) = await Leave(scene, ear);
        ear.SayTone(440);
        await scene.Script.Orders(new StartTrack("vm1", "caller-1", Caller, Channel.Left, Now));
        await ear.HearsPackets(20);
        await peer.Send(peer.Within(answer, "BYE", 2));
        await scene.Script.Hears<HungUp>();
        await scene.Blobs.Until(files => files.Count > 0);
        await scene.Script.Orders(new StopTrack("vm1", "caller-1", Now, Discard: true));
        await scene.Blobs.Until(files => files.Count == 0);
    }

    static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    static async Task<(ScriptedSipPeer Peer, SipResponse Answer)> Leave(EdgeScene scene, RtpEar ear)
    {
        var peer = scene.Peer();
        await peer.Send(peer.Invite("mail", body: Dialling.Sdp(ear.Local.Port)));
        await scene.Script.Hears<Arrived>();
        await scene.Script.Orders(new AnswerLeg(Caller));
        var answer = await peer.ExpectResponse();
        await peer.Send(peer.Within(answer, "ACK", 1));
        ear.Connect(Dialling.MediaOf(answer));
        await ear.HearsPackets(5);
        return (peer, answer);
    }
}
