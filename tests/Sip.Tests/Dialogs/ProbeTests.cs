using CallCenter.Sip.Dialogs;

namespace CallCenter.Sip.Tests.Dialogs;

public sealed class ProbeTests
{
    [Fact]
    public void A_peer_that_answers_is_there_and_may_be_asked_again()
    {
        using var phones = new TwoPhones().Talking();
        phones.Bob.Call!.Probe();
        phones.Bob.Call.Probe(); // the first is unanswered yet
        phones.Settle();
        phones.Bob.Call.Probe();
        phones.Settle();
        Assert.Equal(2, phones.Count("bob: OPTIONS"));
        Assert.Equal("acknowledged", phones.Bob.Told[^1]);
    }

    [Fact] // RFC 3261 §12.2.1.2
    public void Silence_for_64_T1_ends_the_call_as_lost()
    {
        using var phones = new TwoPhones().Talking();
        phones.Loses = static line => line.StartsWith("alice", StringComparison.Ordinal);
        phones.Bob.Call!.Probe();
        phones.Settle().Pass(31);
        Assert.False(phones.Bob.Call.IsEnded);
        phones.Pass(2);
        Assert.Equal($"ended {CallEndKind.Lost} 408", phones.Bob.Told[^1]);
    }

    [Fact]
    public void A_peer_that_lost_the_dialog_ends_the_call_as_lost()
    {
        using var phones = new TwoPhones().Talking();
        phones.Loses = static line => line.Contains("BYE", StringComparison.Ordinal);
        phones.Alice.Call!.HangUp(); // the BYE never arrives
        phones.Settle();
        phones.Bob.Call!.Probe();
        phones.Settle();
        Assert.Equal($"ended {CallEndKind.Lost} 481", phones.Bob.Told[^1]);
    }

    [Fact]
    public void Before_the_answer_and_after_the_end_nobody_is_asked()
    {
        using var phones = new TwoPhones();
        phones.Dial().Probe();
        phones.Settle();
        phones.Bob.Call!.Accept("answer"u8);
        phones.Settle();
        phones.Bob.Call.HangUp();
        phones.Bob.Call.Probe();
        phones.Settle();
        Assert.Equal(0, phones.Count("alice: OPTIONS") + phones.Count("bob: OPTIONS"));
    }
}
