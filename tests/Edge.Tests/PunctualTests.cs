using CallCenter.Kit.Phones;
using CallCenter.Sip.Messages;

namespace CallCenter.Edge.Tests;

/// <summary>What judges a moment runs one after another and after all others, which would take the processors from it; and so does what would take them from all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Punctual
{
    public const string Name = "punctual";
}

[Collection(Punctual.Name)]
public sealed class PunctualTests
{
    [Fact]
    public async Task Hanging_up_a_ringing_station_cancels_within_200_ms()
    {
        await using var scene = await EdgeScene.Start();
        var (phone, invite) = await StationTests.Ringing(scene);
        await phone.Send(phone.Response(invite, 180));
        await scene.Script.Hears<Alerting>();
        var before = Clock.Now;
        await scene.Script.Orders(new HangUpLeg(new("agent-1")));
        Assert.InRange(Clock.Ms(before, phone.At(await phone.ExpectRequest(SipMethod.Cancel))), 0, 200);
    }
}
