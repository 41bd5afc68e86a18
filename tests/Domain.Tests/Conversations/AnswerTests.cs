using static CallCenter.Domain.Tests.Calls.TestCall;

namespace CallCenter.Domain.Tests.Conversations;

/// <summary>Who answers an outbound call, a person or a machine: asked for by the tenant or by the one who calls.</summary>
public class AnswerTests
{
    private static readonly Asker ByAnna = new(Anna, false);
    private static readonly LegId Phone = new("agent-anna-1");
    private static readonly AnswerSign Machine = new(AnswerKind.Machine, 0.94, 2300);

    /// <summary>Anna has called a number, or as told, and it was picked up.</summary>
    private static CallState Dialled(out RingNumber? order, bool tenant = false, bool? asked = null, CallTarget? to = null)
    {
        var (call, rules, ring) = (CallState.Empty, Rules with { ClassifiesAnswers = tenant }, (RingNumber?)null);
        foreach (var happened in new CallEvent[]
        {
            new DialOut(Noon, ByAnna, null, to ?? new(Number: "13800138000"), null, asked), new Offered(Noon.AddSeconds(1), Anna, 1, TimeSpan.FromSeconds(25), "1001", Terms with { Queue = null }),
            new PickedUp(Noon.AddSeconds(2), Phone), new OfferConfirmed(Noon.AddSeconds(2), Anna, 1, Phone), new DialCleared(Noon.AddSeconds(3), LegId.Called, "trunk", "02112345678"), new PickedUp(Noon.AddSeconds(9), LegId.Called),
        })
        {
            var step = CallMachine.Next(call, happened, rules);
            call = call.After(step);
            foreach (var effect in step.Effects) ring = effect as RingNumber ?? ring;
        }
        order = ring;
        return call;
    }

    [Theory]
    [InlineData(false, null, false)]
    [InlineData(true, null, true)]
    [InlineData(false, true, true)]
    [InlineData(true, false, false)]
    public void It_is_judged_if_the_tenant_or_the_one_who_calls_wants_it(bool tenant, bool? asked, bool judged)
    {
        var call = Dialled(out var order, tenant, asked);
        Assert.Equal((CallPhase.Talking, judged), (call.Phase, order!.Judges));
        var step = CallMachine.Next(call, new AnswerHeard(Noon.AddSeconds(12), LegId.Called, Machine), Rules);
        if (!judged) Assert.Same(Step.Ignored, step);
        else Assert.Equal(new AnswerClassified(Noon.AddSeconds(12), LegId.Called, AnswerKind.Machine, 0.94, 2300), Assert.Single(step.Facts));
        Assert.Empty(step.Effects);
    }

    [Fact]
    public void It_is_remembered_once_and_only_of_the_called_party_while_it_is_there()
    {
        var call = Dialled(out _, tenant: true);
        Assert.Same(Step.Ignored, CallMachine.Next(call, new AnswerHeard(Noon.AddSeconds(12), Phone, Machine), Rules));
        var judged = call.After(CallMachine.Next(call, new AnswerHeard(Noon.AddSeconds(12), LegId.Called, Machine), Rules));
        Assert.Equal(Machine, judged.Answer);
        Assert.Same(Step.Ignored, CallMachine.Next(judged, new AnswerHeard(Noon.AddSeconds(13), LegId.Called, Machine), Rules));
        var over = call.After(CallMachine.Next(call, new HungUp(Noon.AddSeconds(10), LegId.Called, LegEndedBy.FarEnd, 0, 0), Rules));
        Assert.Same(Step.Ignored, CallMachine.Next(over, new AnswerHeard(Noon.AddSeconds(12), LegId.Called, Machine), Rules));
    }

    [Fact]
    public void A_colleague_is_not_judged()
    {
        var call = Dialled(out var order, tenant: true, asked: true, to: new(Extension: "2001"));
        Assert.Null(order);
        Assert.False(call.Calling!.Classifies);
    }
}
