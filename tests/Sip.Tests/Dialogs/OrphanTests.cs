using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transport;

namespace CallCenter.Sip.Tests.Dialogs;

/// <summary>Sessions of a program that died, ended by its next start on the same address.</summary>
public sealed class OrphanTests
{
    const string Reason = "Q.850;cause=41";

    /// <summary>Alice's program dies: what was written down is all that is left. Bob knows nothing of it.</summary>
    sealed class Notes : ISessionWatch
    {
        public readonly List<(Call Call, byte[] Request, SipFlow To)> Kept = [];

        public void OnInviting(Call call, in OutgoingRequest invite, SipFlow to) => Keep(call, invite.Bytes, to);

        public void OnConfirmed(Call call) => Keep(call, call.LastWill(Reason, out var to).Bytes, to);

        public void OnOver(Call call) => Kept.RemoveAll(k => k.Call == call);

        void Keep(Call call, byte[] request, SipFlow to)
        {
            OnOver(call);
            Kept.Add((call, request, to));
        }
    }

    static (TwoPhones, Notes) Watched()
    {
        var phones = new TwoPhones();
        var notes = new Notes();
        phones.Alice.Agent.Watch = notes;
        return (phones, notes);
    }

    /// <summary>A new program takes Alice's place; how often it said that the session is over.</summary>
    static Func<int> Restart(TwoPhones phones, Notes notes)
    {
        phones.Replace();
        var over = 0;
        foreach (var (_, request, to) in notes.Kept) Assert.True(Orphan.TryEnd(phones.Alice.Agent, request, to, Reason, () => over++));
        return () => over;
    }

    [Fact]
    public void A_talk_ends_with_one_BYE_that_the_peer_accepts()
    {
        var (phones, notes) = Watched();
        using var _ = phones;
        phones.Talking();
        var over = Restart(phones, notes);
        phones.Settle();
        Assert.Equal("ended PeerHungUp 0", phones.Bob.Told[^1]);
        Assert.Equal((1, 1), (phones.Count("alice: BYE"), over()));
    }

    [Fact]
    public void A_lost_BYE_is_sent_again_and_given_up_in_32_s()
    {
        var (phones, notes) = Watched();
        using var _ = phones;
        phones.Talking();
        phones.Loses = _ => true;
        var over = Restart(phones, notes);
        phones.Pass(31);
        Assert.Equal(0, over());
        phones.Pass(2);
        Assert.Equal((11, 1), (phones.Count("alice: BYE"), over())); // 0, 0.5, 1.5, 3.5, then each 4 s
    }

    [Fact]
    public void A_phone_that_rings_is_cancelled_and_its_487_acknowledged()
    {
        var (phones, notes) = Watched();
        using var _ = phones;
        phones.Dial();
        phones.Settle();
        var over = Restart(phones, notes);
        phones.Settle();
        Assert.Equal("ended PeerCancelled 487", phones.Bob.Told[^1]);
        Assert.Equal((1, 1, 1), (phones.Count("alice: CANCEL"), phones.Count("alice: ACK"), over()));
        Assert.Equal(1, phones.Count("alice: INVITE"));
    }

    [Fact]
    public void A_phone_that_was_picked_up_meanwhile_is_acknowledged_and_hung_up()
    {
        var (phones, notes) = Watched();
        using var _ = phones;
        phones.Dial();
        phones.Settle();
        phones.Loses = static line => line.StartsWith("bob", StringComparison.Ordinal); // nobody is there to hear it
        phones.Bob.Call!.Accept("answer"u8);
        phones.Settle();
        phones.Loses = static _ => false;
        var over = Restart(phones, notes);
        phones.Pass(5);
        Assert.Equal("ended PeerHungUp 0", phones.Bob.Told[^1]);
        Assert.Equal((1, 1), (phones.Count("alice: BYE"), over()));
    }

    [Fact]
    public void What_is_over_is_not_kept()
    {
        var (phones, notes) = Watched();
        using var _ = phones;
        phones.Talking();
        Assert.Single(notes.Kept);
        phones.Alice.Call!.HangUp();
        phones.Settle();
        Assert.Empty(notes.Kept);
        phones.Dial();
        phones.Settle();
        phones.Bob.Call!.Reject(486);
        phones.Settle();
        Assert.Empty(notes.Kept);
    }

    [Fact]
    public void Bytes_that_are_no_request_of_ours_end_nothing()
    {
        var (phones, _) = Watched();
        using var __ = phones;
        foreach (var text in new[] { "", "garbage", "SIP/2.0 200 OK\r\n\r\n" })
            Assert.False(Orphan.TryEnd(phones.Alice.Agent, System.Text.Encoding.ASCII.GetBytes(text), phones.Alice.Flow(phones.Bob), Reason, () => { }));
    }
}
