using CallCenter.Domain.Calls.Conversations;
using CallCenter.Domain.Tests.Calls;
using static CallCenter.Domain.Tests.Calls.TestCall;

namespace CallCenter.Domain.Tests.Conversations;

/// <summary>A phone that holds in the very moment in which its conversation begins.</summary>
public sealed class EarlyHoldTests
{
    static readonly LegId Phone = new("agent-anna-1");
    static readonly Asker ByAnna = new(Anna, false);

    /// <summary>Its re-INVITE overtakes the word by which the agent's lease is confirmed.</summary>
    [Fact]
    public void A_phone_that_holds_before_the_conversation_has_begun_holds_the_customer_as_soon_as_it_has()
    {
        var call = new TestCall().PickedUp().At(5.05, at => new LegHeld(at, Phone)).At(5.1, at => new OfferConfirmed(at, Anna, 1, Phone));
        Assert.Equal((Anna, Activity.Hold), (call.Fact<CustomerHeld>().By, call.Fact<AgentActive>().Activity));
        Assert.Empty(call.Last.Effects.OfType<PlayToLeg>()); // the music of the queue goes on
        Assert.Empty(call.Last.Effects.OfType<SetRoom>());
        Assert.Equal([new(Caller), new(Phone)], call.At(20, at => new LegRetrieved(at, Phone)).Effect<SetRoom>().Members);
    }

    [Fact]
    public void A_phone_that_held_and_took_back_before_the_conversation_holds_nobody()
    {
        var call = new TestCall().PickedUp().At(5.05, at => new LegHeld(at, Phone)).At(5.07, at => new LegRetrieved(at, Phone)).At(5.1, at => new OfferConfirmed(at, Anna, 1, Phone));
        Assert.DoesNotContain(nameof(CustomerHeld), call.Facts);
        Assert.Equal([new(Caller), new(Phone)], call.Effect<SetRoom>().Members);
    }

    [Fact]
    public void A_phone_that_holds_while_the_called_party_rings_holds_it_when_it_answers()
    {
        var called = LegId.Called;
        var call = new TestCall().At(0, at => new DialOut(at, ByAnna, null, new(Number: "13800138000"), null)).At(1, at => new Offered(at, Anna, 1, TimeSpan.FromSeconds(25), "1001", Terms with { Queue = null }))
            .At(2, at => new PickedUp(at, Phone)).At(2, at => new OfferConfirmed(at, Anna, 1, Phone)).At(3, at => new DialCleared(at, called, "trunk", "")).At(4, at => new LegHeld(at, Phone)).At(5, at => new PickedUp(at, called));
        Assert.Equal(Anna, call.Fact<CustomerHeld>().By);
        Assert.Equal([new(called), new(Phone)], call.At(20, at => new LegRetrieved(at, Phone)).Effect<SetRoom>().Members);
    }
}
