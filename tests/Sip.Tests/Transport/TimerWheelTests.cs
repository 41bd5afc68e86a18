using CallCenter.Sip.Transport;

namespace CallCenter.Sip.Tests.Transport;

public sealed class TimerWheelTests
{
    [Fact]
    public void Timers_fire_never_early_and_at_most_one_tick_late_whatever_is_started_and_stopped()
    {
        var random = new Random(7);
        var wheel = new TimerWheel();
        var due = new Dictionary<LoopTimer, TimeSpan>();
        var now = TimeSpan.Zero;
        for (var step = 0; step < 20_000; step++)
        {
            if (random.Next(3) > 0)
            {
                var timer = random.Next(4) == 0 && due.Count > 0 ? due.Keys.First() : new LoopTimer(static () => { });
                var after = TimeSpan.FromMilliseconds(random.Next(100) == 0 ? random.Next(200_000) : random.Next(3_000));
                wheel.Start(timer, now, after);
                due[timer] = now + after;
            }
            else if (due.Count > 0)
            {
                var stopped = due.Keys.First();
                wheel.Stop(stopped);
                due.Remove(stopped);
            }
            now += TimeSpan.FromMilliseconds(random.Next(200) == 0 ? random.Next(60_000) : random.Next(20));
            while (wheel.TakeDue(now) is { } fired)
            {
                Assert.True(due.Remove(fired, out var when), "fired twice, or after it was stopped");
                Assert.True(when <= now, "fired early");
            }
            Assert.DoesNotContain(due.Values, when => when + TimerWheel.Tick <= now);
            Assert.Equal(due.Count, wheel.Count);
            if (due.Count > 0) Assert.True(wheel.UntilNext(now) <= due.Values.Min() - now + TimerWheel.Tick, "sleeps past a timer");
        }
    }

    [Fact]
    public void An_empty_wheel_waits_without_end() => Assert.Null(new TimerWheel().UntilNext(TimeSpan.FromHours(1)));
}
