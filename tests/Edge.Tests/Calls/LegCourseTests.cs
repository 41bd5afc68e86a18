using CallCenter.Edge.Calls;
using CallCenter.Media;
using CallCenter.Media.Quality;

namespace CallCenter.Edge.Tests.Calls;

public sealed class LegCourseTests
{
    static readonly TimeSpan Ten = TimeSpan.FromSeconds(10);

    static LegWindow Window(double mos, long packets = 500, long lost = 0, double? trip = null, double? peer = null) =>
        new(packets, lost, 100.0 * lost / (packets + lost), 5, trip, mos, null, null, peer);

    static MediaInstant At(int window) => new((long)window * 10 * MediaClock.PerSecond + 77);

    static (LegCourse Course, bool[] Words) After(params double[] scores)
    {
        var course = new LegCourse(Ten);
        return (course, [.. scores.Select((mos, i) => course.Add(Window(mos), At(i + 1)))]);
    }

    [Fact]
    public void A_turn_to_the_worse_and_back_are_told_once_each() =>
        Assert.Equal([false, true, false, false, true, false], After(4.4, 2.9, 2.5, 3.4, 3.7, 3.2).Words);

    [Fact]
    public void A_few_packets_of_a_party_that_hardly_speaks_are_no_turn()
    {
        var course = new LegCourse(Ten);
        Assert.False(course.Add(Window(1.5, packets: 8, lost: 2), At(1)));
        Assert.True(course.Add(Window(1.5, packets: 400, lost: 100), At(2)));
    }

    [Fact]
    public void A_leg_that_turns_all_the_time_is_told_of_a_few_times_only() =>
        Assert.Equal(2 * LegCourse.MostTurns, After([.. Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? 2.0 : 4.0)]).Words.Count(w => w));

    [Fact]
    public void Means_go_by_packets_and_the_worst_stands_beside_them()
    {
        var course = new LegCourse(Ten);
        course.Add(Window(4.4, packets: 500, trip: 20), At(1));
        course.Add(Window(3.4, packets: 200, lost: 50), At(2));
        var quality = course.Finish(Window(4.4, packets: 250, peer: 4))!;
        Assert.Equal((4.15, 3.4, 5, 5, 20, 4), (quality.Mos, quality.WorstMos, quality.Loss, quality.Jitter, quality.RoundTrip!.Value, quality.PeerMos!.Value));
        Assert.Equal(new(10, [4.4, 3.4, 4.4], [0, 20, 0], [5, 5, 5], [20, 0, 0]), quality.Course);
    }

    [Fact]
    public void A_few_packets_at_the_end_are_no_worst_stretch()
    {
        var course = new LegCourse(Ten);
        course.Add(Window(4.4), At(1));
        var quality = course.Finish(Window(1.5, packets: 8, lost: 2))!;
        Assert.Equal((4.4, 1), (quality.WorstMos, quality.Course.Mos.Count));
    }

    [Fact]
    public void A_leg_of_a_second_has_its_figures_too()
    {
        var quality = new LegCourse(Ten).Finish(Window(4.3, packets: 50))!;
        Assert.Equal((4.3, 4.3, 1), (quality.Mos, quality.WorstMos, quality.Course.Mos.Count));
    }

    [Fact]
    public void Of_a_leg_that_was_never_heard_there_is_nothing_to_tell() => Assert.Null(new LegCourse(Ten).Finish(null));

    [Fact]
    public void Where_nothing_came_the_course_stands_at_0()
    {
        var course = new LegCourse(Ten);
        course.Add(Window(4.4), At(1));
        course.Add(Window(4.2), At(4));
        Assert.Equal([4.4, 0, 0, 4.2], course.Finish(null)!.Course.Mos);
    }

    [Fact]
    public void A_leg_of_a_day_tells_no_more_than_one_of_half_an_hour()
    {
        var course = new LegCourse(Ten);
        const int day = 8640;
        for (var i = 1; i <= day; i++) course.Add(Window(i <= day / 2 ? 4.4 : 3.4), At(i));
        var told = course.Finish(null)!.Course;
        Assert.InRange(told.Mos.Count, LegCourse.MostStretches / 2, LegCourse.MostStretches);
        Assert.InRange(told.Mos.Count * told.Seconds, day * 10, day * 10 + told.Seconds);
        Assert.Equal((4.4, 3.4), (told.Mos[0], told.Mos[^1]));
        Assert.InRange(told.Mos.Count(m => m == 4.4) - told.Mos.Count / 2, -1, 1);
    }
}
