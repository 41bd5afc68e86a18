using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;

namespace CallCenter.AppHost.Settings;

/// <summary>Reads settings and collects every fault, so that one start tells all of them.</summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    private readonly List<string> faults = [];

    public IReadOnlyList<string> Faults => faults;

    public void Fault(string key, string text) => faults.Add($"{key}: {text}");

    public string? Text(string key) => configuration[key] is { Length: > 0 } text ? text : null;

    public string Text(string key, string otherwise) => Text(key) ?? otherwise;

    public int Number(string key, int otherwise, int least, int most) => Number(key, least, most) ?? otherwise;

    /// <summary>Null if the setting is absent (or wrong, which is told at the end).</summary>
    public int? Number(string key, int least, int most)
    {
        if (Text(key) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Fault(key, $"'{text}' is not a number from {least} to {most}");
        return null;
    }

    public bool? Flag(string key)
    {
        if (Text(key) is not { } text) return null;
        if (bool.TryParse(text, out var flag)) return flag;
        Fault(key, $"'{text}' is neither true nor false");
        return null;
    }

    public IPAddress? Address(string key)
    {
        if (Text(key) is not { } text) return null;
        if (IPAddress.TryParse(text, out var address)) return address;
        Fault(key, $"'{text}' is not an IP address");
        return null;
    }

    /// <summary>CIDR blocks, with commas between them.</summary>
    public IReadOnlyList<IPNetwork> Networks(string key)
    {
        var networks = new List<IPNetwork>();
        foreach (var text in (Text(key) ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            if (IPNetwork.TryParse(text, out var network)) networks.Add(network);
            else Fault(key, $"'{text}' is not a CIDR block, such as 192.0.2.0/24");
        return networks;
    }

    /// <summary>A span such as 00:05:00.</summary>
    public TimeSpan Span(string key, TimeSpan otherwise, TimeSpan most)
    {
        if (Text(key) is not { } text) return otherwise;
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && span >= TimeSpan.Zero && span <= most) return span;
        Fault(key, $"'{text}' is not a time from 00:00:00 to {most:c}, such as 00:05:00");
        return otherwise;
    }

    public Roles Roles(string key)
    {
        if (Text(key) is not { } text) return Settings.Roles.All;
        var roles = Settings.Roles.None;
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            if (Enum.TryParse<Roles>(name, ignoreCase: true, out var role) && role is Settings.Roles.Edge or Settings.Roles.Silo or Settings.Roles.Api or Settings.Roles.Gateway && !char.IsAsciiDigit(name[0])) roles |= role;
            else Fault(key, $"'{name}' is not a role; there are edge, silo, api and gateway");
        if (roles == Settings.Roles.None) Fault(key, "names no role");
        return roles;
    }
}
