using CallCenter.Sip.Messages;

namespace CallCenter.Sip.Tests.Dialogs;

public sealed class CallTests
{
    [Fact] // the flow of RFC 3261 §24.2 without its proxies
    public void A_call_is_rung_answered_acknowledged_and_hung_up()
    {
        using var phones = new TwoPhones().Talking();
        phones.Bob.Call!.HangUp();
        phones.Settle();
        Assert.Equal([
            "alice: INVITE sip:bob@192.0.2.2 SIP/2.0", "bob: SIP/2.0 180 Ringing", "bob: SIP/2.0 200 OK", "alice: ACK sip:192.0.2.2:5060 SIP/2.0",
            "bob: BYE sip:192.0.2.1:5060 SIP/2.0", "alice: SIP/2.0 200 OK"], phones.Log);
        Assert.Equal(["progress 180", "answered", "ended PeerHungUp 0"], phones.Alice.Told);
        Assert.Equal(["acknowledged", "ended HungUp 0"], phones.Bob.Told);
        AssertNothingIsLeft(phones);
    }

    static void AssertNothingIsLeft(TwoPhones phones)
    {
        phones.Pass(140);
        Assert.Equal((0, 0, 0, 0, 0), (phones.Alice.Agent.Dialogs, phones.Bob.Agent.Dialogs, phones.Alice.Agent.Endpoint.Transactions, phones.Bob.Agent.Endpoint.Transactions, phones.Loop.Timers));
    }

    [Fact]
    public void An_unanswered_INVITE_gets_a_100_at_once()
    {
        using var phones = new TwoPhones();
        phones.Bob.OnRing = static _ => { };
        phones.Dial();
        phones.Settle();
        Assert.Equal("bob: SIP/2.0 100 Trying", phones.Log[^1]);
    }

    [Fact]
    public void A_lost_ACK_brings_the_200_again_and_then_the_ACK_again()
    {
        using var phones = new TwoPhones();
        var lost = 0;
        phones.Loses = line => line.Contains("ACK", StringComparison.Ordinal) && lost++ < 2;
        phones.Talking().Pass(5);
        Assert.Equal((3, 3), (phones.Count("bob: SIP/2.0 200"), phones.Count("alice: ACK")));
        Assert.Equal("acknowledged", phones.Bob.Told[^1]);
    }

    [Fact]
    public void Without_any_ACK_the_callee_gives_up_after_64_T1_and_sends_BYE()
    {
        using var phones = new TwoPhones { Loses = static line => line.Contains("ACK", StringComparison.Ordinal) };
        phones.Talking().Pass(33);
        Assert.Equal("ended Lost 408", phones.Bob.Told[^1]);
        Assert.Equal("ended PeerHungUp 0", phones.Alice.Told[^1]);
        Assert.Equal(11, phones.Count("bob: SIP/2.0 200 OK")); // 0, .5, 1.5, 3.5, then each 4 s to 31.5
        AssertNothingIsLeft(phones);
    }

    [Fact]
    public void A_BYE_waits_for_the_ACK()
    {
        using var phones = new TwoPhones();
        var cut = true;
        phones.Loses = line => cut && line.Contains("ACK", StringComparison.Ordinal);
        phones.Talking();
        phones.Bob.Call!.HangUp();
        phones.Settle();
        Assert.Equal(0, phones.Count("bob: BYE"));
        cut = false;
        phones.Pass(1);
        Assert.Equal(1, phones.Count("bob: BYE"));
        Assert.Equal(["ended HungUp 0"], phones.Bob.Told);
        AssertNothingIsLeft(phones);
    }

    [Fact]
    public void An_ended_call_holds_its_user_no_more_and_refuses_what_comes_before_its_BYE()
    {
        using var phones = new TwoPhones { Loses = static line => line.Contains("ACK", StringComparison.Ordinal) };
        phones.Talking();
        Assert.Same(phones.Bob, phones.Bob.Call!.User);
        phones.Bob.Call.HangUp();
        Assert.NotSame(phones.Bob, phones.Bob.Call.User);
        var alice = phones.Alice.Call!;
        alice.Send(alice.Request(SipMethod.Info).FinishRequest(), null);
        phones.Settle();
        Assert.Equal("bob: SIP/2.0 481 Call/Transaction Does Not Exist", phones.Log[^1]);
    }

    [Fact]
    public void The_caller_cancels_while_it_rings()
    {
        using var phones = new TwoPhones();
        phones.Dial();
        phones.Settle();
        phones.Alice.Call!.HangUp();
        phones.Settle();
        Assert.Equal(["alice: CANCEL sip:bob@192.0.2.2 SIP/2.0", "bob: SIP/2.0 200 OK", "bob: SIP/2.0 487 Request Terminated", "alice: ACK sip:bob@192.0.2.2 SIP/2.0"], phones.Log[2..]);
        Assert.Equal("ended Cancelled 487", phones.Alice.Told[^1]);
        Assert.Equal(["ended PeerCancelled 487"], phones.Bob.Told);
        AssertNothingIsLeft(phones);
    }

    [Fact]
    public void A_CANCEL_waits_for_the_first_provisional()
    {
        using var phones = new TwoPhones();
        phones.Dial().HangUp();
        Assert.Equal(["alice: INVITE sip:bob@192.0.2.2 SIP/2.0"], phones.Log);
        phones.Settle();
        Assert.Equal(1, phones.Count("alice: CANCEL"));
        Assert.Equal("ended Cancelled 487", phones.Alice.Told[^1]);
    }

    [Fact]
    public void A_200_that_crosses_the_CANCEL_is_acknowledged_and_hung_up()
    {
        using var phones = new TwoPhones();
        phones.Dial();
        phones.Settle();
        phones.Bob.Call!.Accept("answer"u8);
        phones.Alice.Call!.HangUp();
        phones.Settle();
        Assert.Equal((1, 1, 1), (phones.Count("alice: CANCEL"), phones.Count("alice: ACK"), phones.Count("alice: BYE")));
        Assert.Equal("ended Cancelled 487", phones.Alice.Told[^1]);
        Assert.Equal("ended PeerHungUp 0", phones.Bob.Told[^1]);
        AssertNothingIsLeft(phones);
    }

    [Fact]
    public void A_refusal_is_acknowledged_and_told()
    {
        using var phones = new TwoPhones();
        phones.Bob.OnRing = static call => call.Reject(486, "Q.850;cause=17");
        phones.Dial();
        phones.Settle();
        Assert.Equal(["ended Refused 486"], phones.Alice.Told);
        Assert.Equal(1, phones.Count("alice: ACK"));
        AssertNothingIsLeft(phones);
    }

    [Fact]
    public void A_phone_that_is_gone_is_given_up_after_64_T1()
    {
        using var phones = new TwoPhones { Loses = static _ => true };
        phones.Dial();
        phones.Pass(31);
        Assert.Empty(phones.Alice.Told);
        phones.Pass(2);
        Assert.Equal(["ended Lost 408"], phones.Alice.Told);
        Assert.Equal(7, phones.Count("alice: INVITE")); // 0, .5, 1.5, 3.5, 7.5, 15.5, 31.5
    }

    [Fact]
    public void A_second_fork_that_answers_gets_ACK_and_BYE()
    {
        using var phones = new TwoPhones();
        string? second = null;
        phones.Bob.OnRing = call =>
        {
            var other = SipWriter.Response(call.Invitation!, 200, "forked"u8).Header(HeaderName.Contact, "<sip:fork@192.0.2.2:5060>");
            second = A.Text(other.Finish());
        };
        phones.Talking();
        phones.Alice.Agent.Endpoint.OnDatagram(System.Text.Encoding.UTF8.GetBytes(second!), phones.Alice.Flow(phones.Bob));
        Assert.Equal(["alice: ACK sip:fork@192.0.2.2:5060 SIP/2.0", "alice: BYE sip:fork@192.0.2.2:5060 SIP/2.0"], phones.Log[^2..]);
        Assert.False(phones.Alice.Call!.IsEnded);
    }

    [Fact]
    public void A_re_INVITE_is_answered_and_acknowledged()
    {
        using var phones = new TwoPhones().Talking();
        Assert.True(phones.Alice.Call!.TryOffer("hold"u8.ToArray()));
        Assert.False(phones.Alice.Call.TryOffer("twice"u8.ToArray()));
        phones.Settle();
        phones.Bob.Call!.AcceptOffer(phones.Bob.Offer!, "held"u8);
        phones.Settle();
        Assert.Equal("offer answered 200", phones.Alice.Told[^1]);
        Assert.Equal("acknowledged", phones.Bob.Told[^1]);
        Assert.True(phones.Bob.Call.TryOffer("back"u8.ToArray()));
    }

    [Fact]
    public void Offers_of_both_at_once_are_refused_and_retried_one_after_the_other()
    {
        using var phones = new TwoPhones().Talking();
        Assert.True(phones.Alice.Call!.TryOffer("a"u8.ToArray()) && phones.Bob.Call!.TryOffer("b"u8.ToArray()));
        phones.Settle();
        Assert.Equal((1, 1), (phones.Count("alice: SIP/2.0 491"), phones.Count("bob: SIP/2.0 491")));
        for (var i = 0; i < 60; i++)
        {
            phones.Pass(0.1);
            foreach (var phone in new[] { phones.Alice, phones.Bob })
                if (phone.Offer is { IsAnswered: false } offer) phone.Call!.AcceptOffer(offer, "ok"u8);
            phones.Settle();
        }
        Assert.Contains("offer answered 200", phones.Alice.Told);
        Assert.Contains("offer answered 200", phones.Bob.Told);
    }

    [Fact]
    public void An_offer_to_a_peer_that_forgot_the_call_ends_it()
    {
        using var phones = new TwoPhones().Talking();
        phones.Loses = static line => line.StartsWith("bob: BYE", StringComparison.Ordinal);
        phones.Bob.Call!.HangUp();
        phones.Settle();
        phones.Alice.Call!.TryOffer("a"u8.ToArray());
        phones.Settle();
        Assert.Equal("ended Lost 481", phones.Alice.Told[^1]);
    }

    [Fact]
    public void Five_percent_loss_loses_no_call_and_leaves_nothing_behind()
    {
        for (var seed = 1; seed <= 300; seed++)
        {
            var random = new Random(seed);
            using var phones = new TwoPhones(seed) { Loses = _ => random.Next(100) < 5 };
            phones.Dial();
            Until(phones, () => phones.Bob.Call is not null);
            phones.Bob.Call!.Accept("answer"u8);
            Until(phones, () => phones.Alice.Call!.IsAnswered && phones.Bob.Told.Contains("acknowledged"));
            (random.Next(2) == 0 ? phones.Alice : phones.Bob).Call!.HangUp();
            Until(phones, () => phones.Alice.Call!.IsEnded && phones.Bob.Call.IsEnded);
            AssertNothingIsLeft(phones);
        }
    }

    static void Until(TwoPhones phones, Func<bool> done)
    {
        for (var i = 0; i < 300 && !done(); i++) phones.Pass(0.1);
        Assert.True(done(), string.Join('\n', phones.Log));
    }

    [Fact]
    public void Random_acts_on_a_bad_line_end_every_call_once_on_both_sides()
    {
        for (var seed = 1; seed <= 1_000; seed++)
        {
            var random = new Random(seed);
            using var phones = new TwoPhones(seed) { Loses = _ => random.Next(100) < 30 };
            phones.Dial();
            for (var i = 0; i < 30; i++)
            {
                Act(random.Next(9), phones);
                if (random.Next(2) == 0) phones.Settle();
                phones.Pass(random.Next(8) / 10.0);
            }
            phones.Loses = static _ => false;
            phones.Alice.Call!.HangUp();
            phones.Bob.Call?.HangUp();
            phones.Pass(140);
            foreach (var phone in new[] { phones.Alice, phones.Bob })
                if (phone.Call is not null) Assert.True(phone.Told.Count(t => t.StartsWith("ended", StringComparison.Ordinal)) == 1, $"seed {seed}: {string.Join(", ", phone.Told)}\n{string.Join('\n', phones.Log)}");
            AssertNothingIsLeft(phones);
        }
    }

    static void Act(int act, TwoPhones phones)
    {
        var phone = act % 2 == 0 ? phones.Alice : phones.Bob;
        if (act == 1) phones.Bob.Call?.Accept("answer"u8);
        else if (act is 2 or 3 or 4) phone.Call?.TryOffer("offer"u8.ToArray());
        else if (act is 5 or 6 && phone.Offer is { } offer) phone.Call!.AcceptOffer(offer, "ok"u8);
        else if (act == 7 && Random(phones) == 0) phone.Call?.HangUp();
        else if (act == 8 && Random(phones) == 0) phone.Call?.HangUp();
    }

    static ulong Random(TwoPhones phones) => phones.Alice.Agent.Endpoint.Tokens.Next() % 4;
}
