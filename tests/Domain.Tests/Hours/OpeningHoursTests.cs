using CallCenter.Domain.Hours;

namespace CallCenter.Domain.Tests.Hours;

public class OpeningHoursTests
{
    private static readonly TenantId Acme = new("acme");

    private static HoursSettings Of(string? zone, WeekTime[] week, params HoursException[] exceptions) => new(Acme, "office", "Office", zone, week.ToItems(), exceptions.ToItems());

    private static WeekTime On(WeekDay day, string from, string to) => new(day, DayTime.Parse(from), DayTime.Parse(to));

    private static HoursException Not(string date, params string[] times) => new(CalendarDate.Parse(date), "国庆节", times.Select(t => new OpenTime(DayTime.Parse(t[..5]), DayTime.Parse(t[6..]))).ToItems());

    private static OpenState At(HoursSettings hours, string instant) => OpeningHours.At(hours, "Asia/Shanghai", DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("2026-03-02T08:59:59+08:00", OpenState.Closed)]
    [InlineData("2026-03-02T09:00:00+08:00", OpenState.Open)]
    [InlineData("2026-03-02T17:59:59+08:00", OpenState.Open)]
    [InlineData("2026-03-02T18:00:00+08:00", OpenState.Closed)]
    [InlineData("2026-03-02T09:00:00Z", OpenState.Open)]
    [InlineData("2026-03-02T10:00:00Z", OpenState.Closed)]
    [InlineData("2026-03-03T12:00:00+08:00", OpenState.Closed)]
    public void A_monday_is_open_from_nine_to_six_where_the_tenant_is(string instant, OpenState state) => Assert.Equal(state, At(Of(null, [On(WeekDay.Monday, "09:00", "18:00")]), instant));

    [Theory]
    [InlineData("2026-03-06T21:59:00+08:00", OpenState.Closed)]
    [InlineData("2026-03-06T22:00:00+08:00", OpenState.Open)]
    [InlineData("2026-03-07T05:59:59+08:00", OpenState.Open)]
    [InlineData("2026-03-07T06:00:00+08:00", OpenState.Closed)]
    [InlineData("2026-03-06T05:00:00+08:00", OpenState.Closed)]
    public void A_night_belongs_to_the_day_on_which_it_begins(string instant, OpenState state) => Assert.Equal(state, At(Of(null, [On(WeekDay.Friday, "22:00", "06:00")]), instant));

    [Theory]
    [InlineData("2026-03-02T00:00:00+08:00", OpenState.Open)]
    [InlineData("2026-03-02T23:59:59+08:00", OpenState.Open)]
    [InlineData("2026-03-03T00:00:00+08:00", OpenState.Closed)]
    public void From_midnight_to_midnight_is_the_whole_day(string instant, OpenState state) => Assert.Equal(state, At(Of(null, [On(WeekDay.Monday, "00:00", "00:00")]), instant));

    [Theory]
    [InlineData("2026-10-01T12:00:00+08:00", OpenState.Holiday)]
    [InlineData("2026-10-02T12:00:00+08:00", OpenState.Open)]
    [InlineData("2026-10-08T12:00:00+08:00", OpenState.Holiday)]
    [InlineData("2026-10-08T09:30:00+08:00", OpenState.Open)]
    public void An_exception_takes_the_place_of_its_weekday(string instant, OpenState state) =>
        Assert.Equal(state, At(Of(null, [On(WeekDay.Thursday, "09:00", "18:00"), On(WeekDay.Friday, "09:00", "18:00")], Not("2026-10-01"), Not("2026-10-08", "09:00-10:00")), instant));

    [Fact]
    public void A_night_that_began_before_a_holiday_goes_on_into_it()
    {
        var hours = Of(null, [On(WeekDay.Wednesday, "22:00", "06:00")], Not("2026-10-01"));
        Assert.Equal(OpenState.Open, At(hours, "2026-10-01T05:00:00+08:00"));
        Assert.Equal(OpenState.Holiday, At(hours, "2026-10-01T06:00:00+08:00"));
    }

    /// <summary>Berlin, 29 March 2026: 02:00 is followed by 03:00; 25 October: 03:00 by 02:00.</summary>
    [Theory]
    [InlineData("02:30", "04:00", "2026-03-29T00:59:59Z", OpenState.Closed)]
    [InlineData("02:30", "04:00", "2026-03-29T01:00:00Z", OpenState.Open)]
    [InlineData("02:30", "04:00", "2026-03-29T02:00:00Z", OpenState.Closed)]
    [InlineData("01:00", "02:30", "2026-03-29T00:59:59Z", OpenState.Open)]
    [InlineData("01:00", "02:30", "2026-03-29T01:00:00Z", OpenState.Closed)]
    [InlineData("02:10", "02:50", "2026-03-29T01:00:00Z", OpenState.Closed)]
    [InlineData("02:30", "04:00", "2026-10-25T00:29:59Z", OpenState.Closed)]
    [InlineData("02:30", "04:00", "2026-10-25T00:30:00Z", OpenState.Open)]
    [InlineData("02:30", "04:00", "2026-10-25T01:10:00Z", OpenState.Open)]
    [InlineData("01:00", "02:30", "2026-10-25T01:29:59Z", OpenState.Open)]
    [InlineData("01:00", "02:30", "2026-10-25T01:30:00Z", OpenState.Closed)]
    [InlineData("22:00", "02:30", "2026-10-25T22:00:00Z", OpenState.Open)]
    public void When_clocks_change_a_gap_counts_for_nothing_and_an_hour_that_comes_twice_counts_whole(string from, string to, string instant, OpenState state) =>
        Assert.Equal(state, At(Of("Europe/Berlin", [On(WeekDay.Sunday, from, to)]), instant));

    [Fact]
    public void Every_fault_of_opening_hours_is_told_at_once()
    {
        var wrong = Of("Mars/Base", [new((WeekDay)9, default, default)], Not("2026-10-01"), Not("2026-10-01"), default(HoursException)) with { Id = "Office!" };
        Assert.Equal(["id", "timeZone", "week[0].day", "exceptions[1].date", "exceptions[2].date", "exceptions[2].name"], wrong.Check().Select(f => f.Field));
    }

    [Theory]
    [InlineData("24:00")]
    [InlineData("9:00")]
    [InlineData("09:60")]
    [InlineData("09-00")]
    [InlineData("")]
    public void What_is_no_time_of_day_is_not_read(string text) => Assert.False(DayTime.TryParse(text, null, out _));
}
