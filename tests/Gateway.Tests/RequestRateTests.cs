using System.Net;
using CallCenter.Gateway.Limits;
using CallCenter.Gateway.Tests.Fakes;

namespace CallCenter.Gateway.Tests;

public sealed class RequestRateTests
{
    [Fact]
    public void A_burst_passes_then_so_many_a_second_and_others_are_not_held_up()
    {
        var clock = new StillClock();
        var rate = new RequestRate(2, clock);
        for (var i = 0; i < 2 * RequestRate.BurstSeconds; i++) Assert.Null(rate.Take("a"));
        Assert.Equal(0.5, rate.Take("a")!.Value.TotalSeconds, 3);
        Assert.Null(rate.Take("b"));
        clock.Forward(TimeSpan.FromSeconds(1));
        Assert.Null(rate.Take("a"));
        Assert.Null(rate.Take("a"));
        Assert.NotNull(rate.Take("a"));
    }

    [Fact]
    public async Task Who_asks_too_much_is_told_when_to_come_again_and_probes_pass()
    {
        await using var gateway = await RunningGateway.Start(requestsPerTenant: 1);
        var last = HttpStatusCode.OK;
        for (var i = 0; i < 200 && last == HttpStatusCode.OK; i++)
        {
            var answer = await gateway.Get("/api/v1/calls", "acme.localhost");
            last = answer.StatusCode;
            if (last == HttpStatusCode.TooManyRequests) Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter?.Delta);
        }
        Assert.Equal(HttpStatusCode.TooManyRequests, last);
        Assert.Equal(HttpStatusCode.OK, (await gateway.Get("/healthz/ready", "acme.localhost")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await gateway.Get("/api/v1/calls", "globex.localhost")).StatusCode);
    }

    private sealed class StillClock : TimeProvider
    {
        private long now = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => now;

        public void Forward(TimeSpan by) => now += by.Ticks;
    }
}
