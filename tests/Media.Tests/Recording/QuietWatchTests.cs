using CallCenter.Media.Codecs;
using CallCenter.Media.Recording;

namespace CallCenter.Media.Tests.Recording;

public sealed class QuietWatchTests
{
    const long Second = 1000 * MediaClock.PerMillisecond;

    static readonly byte[] voice = Packet(AudioCodec.Pcma, 3000), noise = Packet(AudioCodec.Pcma, 120);

    static byte[] Packet(AudioCodec codec, double amplitude) =>
        [.. Enumerable.Range(0, 160).Select(i => G711.Encode(codec, (short)(amplitude * Math.Sin(2 * Math.PI * 300 * i / 8000))))];

    [Fact]
    public void A_speaker_falls_quiet_after_the_last_loud_packet_and_is_told_once_each_time()
    {
        QuietWatch watch = new(5 * Second, 0);
        for (var at = 0L; at < 3 * Second; at += Second / 50) watch.Take(voice, AudioCodec.Pcma, at);
        for (var at = 3 * Second; at < 8 * Second - Second / 50; at += Second / 50)
        {
            watch.Take(noise, AudioCodec.Pcma, at);
            Assert.False(watch.FallsQuiet(at, out _));
        }
        Assert.True(watch.FallsQuiet(8 * Second, out var since));
        Assert.Equal(3 * Second - Second / 50, since);
        Assert.False(watch.FallsQuiet(9 * Second, out _));
        watch.Take(voice, AudioCodec.Pcma, 10 * Second);
        Assert.False(watch.FallsQuiet(14 * Second, out _));
        Assert.True(watch.FallsQuiet(15 * Second, out _));
    }

    [Fact]
    public void Who_sends_nothing_at_all_is_quiet_from_the_start_of_the_track()
    {
        QuietWatch watch = new(5 * Second, 2 * Second);
        Assert.False(watch.FallsQuiet(6 * Second, out _));
        Assert.True(watch.FallsQuiet(7 * Second, out var since));
        Assert.Equal(2 * Second, since);
    }

    [Fact]
    public void Where_nobody_asked_nobody_is_told()
    {
        QuietWatch watch = new(0, 0);
        Assert.False(watch.FallsQuiet(1000 * Second, out _));
    }
}
