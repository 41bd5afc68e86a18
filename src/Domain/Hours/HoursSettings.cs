using System.Globalization;
using System.Text.Json.Serialization;
using NodaTime;

namespace CallCenter.Domain.Hours;

/// <summary>When a firm, or a part of it, is open.</summary>
/// <param name="Id">1–64 of a–z, 0–9 and "-".</param>
/// <param name="TimeZone">IANA; null = the tenant's.</param>
/// <param name="Week">Times of opening that come again each week; they may overlap.</param>
/// <param name="Exceptions">Dates on which the week does not count.</param>
[GenerateSerializer, Immutable, Alias("HoursSettings")]
public sealed record HoursSettings([property: Id(0)] TenantId Owner, [property: Id(1)] string Id, [property: Id(2)] string Name, [property: Id(3)] string? TimeZone, [property: Id(4)] Items<WeekTime> Week, [property: Id(5)] Items<HoursException> Exceptions, [property: Id(6)] long Version = 0) : ISetting
{
    /// <summary>Most times a week, or a date.</summary>
    public const int MostTimes = 100;
    /// <summary>Most dates.</summary>
    public const int MostExceptions = 1000;

    public Items<Fault> Check()
    {
        var faults = new FaultList().Id(Owner.Value, "owner", 32).Id(Id, "id").Name(Name, "name")
            .When(TimeZone is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(TimeZone) is null, "timeZone", "must be an IANA time zone, such as Asia/Shanghai, or absent")
            .When(Week.Count > MostTimes, "week", $"has more than {MostTimes} entries")
            .When(Exceptions.Count > MostExceptions, "exceptions", $"has more than {MostExceptions} entries");
        for (var i = 0; i < Week.Count; i++) faults.When(!Enum.IsDefined(Week[i].Day), At("week", i) + ".day", "must be a day of the week");
        var dates = new HashSet<CalendarDate>();
        for (var i = 0; i < Exceptions.Count; i++)
        {
            var (path, exception) = (At("exceptions", i), Exceptions[i]);
            faults.When(exception.Date == default, path + ".date", "is missing").Name(exception.Name, path + ".name")
                .When(exception.Open.Count > MostTimes, path + ".open", $"has more than {MostTimes} entries")
                .When(exception.Date != default && !dates.Add(exception.Date), path + ".date", "is there twice");
        }
        return faults.Done();
    }

    private static string At(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}[{index}]");
}

/// <summary>A time of opening on a day of the week.</summary>
/// <param name="To">When it closes; not after <paramref name="From"/> = on the next day, so that 00:00–00:00 is the whole day.</param>
[GenerateSerializer, Immutable, Alias("WeekTime")]
public readonly record struct WeekTime([property: Id(0)] WeekDay Day, [property: Id(1)] DayTime From, [property: Id(2)] DayTime To);

/// <summary>A time of opening on a date; the same rule.</summary>
[GenerateSerializer, Immutable, Alias("OpenTime")]
public readonly record struct OpenTime([property: Id(0)] DayTime From, [property: Id(1)] DayTime To);

/// <summary>A date on which other hours count.</summary>
/// <param name="Name">Such as 国庆节.</param>
/// <param name="Open">When it is open nevertheless; empty = closed.</param>
[GenerateSerializer, Immutable, Alias("HoursException")]
public readonly record struct HoursException([property: Id(0)] CalendarDate Date, [property: Id(1)] string Name, [property: Id(2)] Items<OpenTime> Open);

[JsonConverter(typeof(EnumText<WeekDay>))]
public enum WeekDay { Monday = 1, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday }
