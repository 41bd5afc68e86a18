using CallCenter.Sip.Messages;
using Microsoft.Extensions.Options;

namespace CallCenter.Edge.Tests;

/// <summary>The setting <c>Sip:T1</c>.</summary>
public sealed class TimerSettingTests
{
    [Theory]
    [InlineData("50")]
    [InlineData("2001")]
    public async Task A_time_that_is_wrong_refuses_the_start_and_is_named(string time)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => EdgeScene.Start(("Sip:T1", time)));
        Assert.Contains(refused.Failures, told => told.Contains("Sip:T1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_call_to_a_phone_of_a_slow_network_is_not_repeated_before_its_time()
    {
        await using var scene = await EdgeScene.Start(("Sip:T1", "2000"));
        var phone = await scene.Phone();
        await CallerTests.Connected(scene);
        await scene.Script.Orders(new RingStation(new("agent-1"), "1001", DateTimeOffset.UnixEpoch.AddYears(200)));
        await phone.ExpectRequest(SipMethod.Invite);
        Assert.True(await phone.StaysQuiet(m => m is SipRequest { Method: SipMethod.Invite }, TimeSpan.FromSeconds(1))); // else after half a second
    }
}
