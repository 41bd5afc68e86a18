using System.Net;
using CallCenter.Kit.Phones;
using CallCenter.Kit.Sip;
using CallCenter.Sip.Messages;

namespace CallCenter.Edge.Tests.Signalling;

/// <summary>What the scripted peer takes for news, for an answer and for gone: the judge of the other tests.</summary>
public sealed class PeerTests
{
    static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    static string Options(ScriptedSipPeer peer, uint number) => peer.Request("OPTIONS", Dialling.Number, Dialling.Caller, $"<{Dialling.Number}>", "peer", number);

    [Fact]
    public async Task Only_what_was_read_before_may_come_again()
    {
        await using var far = new ScriptedSipPeer(new(IPAddress.Loopback, 9));
        await using var near = new ScriptedSipPeer(far.Local);
        var (first, second) = (Options(near, 1), Options(near, 2));
        await near.Send(first);
        var before = await far.ExpectRequest(SipMethod.Options);
        await near.Send(first);
        Assert.True(await far.HearsNothingNew(static _ => true, Quiet));
        await near.Send(first);
        Assert.False(await far.StaysQuiet(static _ => true, Quiet));
        await near.Send(second);
        await near.Send(second);
        Assert.False(await far.HearsNothingNew(static _ => true, Quiet)); // it came before the quiet began, but the test has not read it
        await near.Send(second);
        Assert.False(await far.HearsNothingNew(static _ => true, Quiet)); // nor was it read when it was noise
        await near.Send(first);
        await near.Send(Options(near, 3));
        var two = await far.ExpectRequest(SipMethod.Options, after: before);
        Assert.Equal(3u, (await far.ExpectRequest(SipMethod.Options, after: two)).CSeq.Number);
    }

    [Fact]
    public async Task An_answer_is_that_to_its_own_request()
    {
        await using var far = new ScriptedSipPeer(new(IPAddress.Loopback, 9));
        await using var near = new ScriptedSipPeer(far.Local);
        await near.Send(Options(near, 1));
        var one = far.Response(await far.ExpectRequest(SipMethod.Options), 200);
        var began = Clock.Now;
        var asked = near.Ask(Options(near, 2));
        var two = await far.ExpectRequest(SipMethod.Options);
        Assert.InRange(far.At(two), began, Clock.Now);
        await far.Send(one);
        await far.Send(far.Response(two, 404));
        Assert.Equal(404, (await asked).Status);
    }

    [Fact]
    public async Task Who_is_gone_is_known_to_be()
    {
        var far = new ScriptedSipPeer(new(IPAddress.Loopback, 9));
        await using var near = new ScriptedSipPeer(far.Local);
        Assert.True(near.IsHeard());
        await far.DisposeAsync();
        Assert.False(near.IsHeard());
    }
}
