using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.TimeZones;

namespace CallCenter.Domain.Hours;

[JsonConverter(typeof(EnumText<OpenState>))]
public enum OpenState
{
    Open, Closed,
    /// <summary>Closed on a date that has an exception.</summary>
    Holiday,
}

/// <summary>Whether a firm is open at an instant.</summary>
public static class OpeningHours
{
    /// <summary>
    /// What begins in the gap when clocks go forward begins at its end; of an hour that comes twice, opening takes the first
    /// and closing the second.
    /// </summary>
    private static readonly ZoneLocalMappingResolver Opening = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);
    private static readonly ZoneLocalMappingResolver Closing = Resolvers.CreateMappingResolver(Resolvers.ReturnLater, Resolvers.ReturnStartOfIntervalAfter);

    /// <summary>
    /// Open, closed, or closed for a named date. A time past midnight belongs to the day on which it begins: an exception on the
    /// next date does not cut it short.
    /// </summary>
    /// <param name="tenantZone">IANA; counts if the hours name no zone.</param>
    public static OpenState At(HoursSettings hours, string tenantZone, DateTimeOffset instant)
    {
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(hours.TimeZone ?? tenantZone) ?? DateTimeZone.Utc; // a checked setting names one
        var now = Instant.FromDateTimeOffset(instant);
        var today = now.InZone(zone).Date;
        for (var date = today.PlusDays(-1); date <= today; date = date.PlusDays(1))
            foreach (var time in On(hours, date))
                if (Contains(zone, date, time, now)) return OpenState.Open;
        return ExceptionOn(hours, today) is null ? OpenState.Closed : OpenState.Holiday;
    }

    private static IEnumerable<OpenTime> On(HoursSettings hours, LocalDate date)
    {
        if (ExceptionOn(hours, date) is { } exception) return exception.Open;
        return hours.Week.Where(w => (int)w.Day == (int)date.DayOfWeek).Select(w => new OpenTime(w.From, w.To));
    }

    private static HoursException? ExceptionOn(HoursSettings hours, LocalDate date)
    {
        var wanted = CalendarDate.Of(date);
        foreach (var exception in hours.Exceptions) if (exception.Date == wanted) return exception;
        return null;
    }

    private static bool Contains(DateTimeZone zone, LocalDate date, OpenTime time, Instant now)
    {
        var end = time.To.Minutes <= time.From.Minutes ? date.PlusDays(1) : date;
        return now >= zone.ResolveLocal(date.At(time.From.Local), Opening).ToInstant() && now < zone.ResolveLocal(end.At(time.To.Local), Closing).ToInstant();
    }
}
