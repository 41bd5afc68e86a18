namespace CallCenter.Domain.WebCalls;

/// <summary>What is known of a visitor who calls from a web page. The data are personal: they travel in the message, not in the fact.</summary>
/// <param name="Origin">Of the page with the button; see <see cref="WebOrigin"/>.</param>
/// <param name="ConsentVersion">Of the text that the visitor agreed to; null where there was none.</param>
[GenerateSerializer, Immutable, Alias("WebVisit")]
public sealed record WebVisit([property: Id(0)] string Origin, [property: Id(1)] int? ConsentVersion, [property: Id(2)] Items<VisitorDatum> Data)
{
    /// <summary>Everybody may send data along, so that they are few.</summary>
    public const int MostData = 20, LongestKey = 64, LongestValue = 500;

    /// <summary>Every fault of the data, by the key they stand under.</summary>
    public static Items<Fault> Check(Items<VisitorDatum> data)
    {
        var faults = new FaultList().When(data.Count > MostData, "data", $"must have {MostData} members at the most");
        foreach (var (key, value) in data)
        {
            var isKey = key is { Length: > 0 and <= LongestKey } && !key.Any(char.IsControl);
            faults.When(!isKey, "data", $"must have names of 1–{LongestKey} characters, none of them a control character");
            faults.When(value.Length > LongestValue || value.Any(c => (char.IsControl(c) && c is not ('\n' or '\r' or '\t')) || FaultList.TurnsText(c)), isKey ? $"data.{key}" : "data", $"must have {LongestValue} characters at the most, none of them a control character");
        }
        return faults.Done();
    }
}

/// <summary>Something that a page sends along, such as an order's number. Personal.</summary>
[GenerateSerializer, Immutable, Alias("VisitorDatum")]
public readonly record struct VisitorDatum([property: Id(0)] string Key, [property: Id(1)] string Value);
