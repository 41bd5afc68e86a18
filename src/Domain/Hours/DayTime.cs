using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using NodaTime;

namespace CallCenter.Domain.Hours;

/// <summary>A time of day, as <c>HH:mm</c>.</summary>
/// <param name="Minutes">Since midnight, 0–1439.</param>
[GenerateSerializer, Immutable, Alias("DayTime")]
[JsonConverter(typeof(IdJson<DayTime>))]
public readonly record struct DayTime([property: Id(0)] int Minutes) : IParsable<DayTime>
{
    internal LocalTime Local => new(Minutes / 60, Minutes % 60);

    public static DayTime Parse(string s, IFormatProvider? provider = null) => TryParse(s, provider, out var time) ? time : throw new FormatException($"'{s}' is not a time of day");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out DayTime result)
    {
        result = default;
        if (s is not { Length: 5 } || s[2] != ':' || !int.TryParse(s.AsSpan(0, 2), NumberStyles.None, CultureInfo.InvariantCulture, out var hour) || !int.TryParse(s.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out var minute)) return false;
        result = new(hour * 60 + minute);
        return hour < 24 && minute < 60;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Minutes / 60:d2}:{Minutes % 60:d2}");
}

/// <summary>A date, as <c>yyyy-MM-dd</c>.</summary>
/// <param name="Value">year · 10000 + month · 100 + day; 0 = none.</param>
[GenerateSerializer, Immutable, Alias("CalendarDate")]
[JsonConverter(typeof(IdJson<CalendarDate>))]
public readonly record struct CalendarDate([property: Id(0)] int Value) : IParsable<CalendarDate>
{
    internal static CalendarDate Of(LocalDate date) => new(date.Year * 10_000 + date.Month * 100 + date.Day);

    public static CalendarDate Parse(string s, IFormatProvider? provider = null) => TryParse(s, provider, out var date) ? date : throw new FormatException($"'{s}' is not a date");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out CalendarDate result)
    {
        var isDate = DateOnly.TryParseExact(s, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
        result = isDate ? new(date.Year * 10_000 + date.Month * 100 + date.Day) : default;
        return isDate;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value / 10_000:d4}-{Value / 100 % 100:d2}-{Value % 100:d2}");
}
