using System.Text.Json;

namespace CallCenter.Domain.WebCalls;

/// <summary>What a page sent along, as one personal value: under one field, so that no name that a page chose is a column of ours.</summary>
public static class VisitorData
{
    public static string Write(Items<VisitorDatum> data) => JsonSerializer.Serialize(data, JsonSerializerOptions.Web);

    public static Items<VisitorDatum> Read(string text) => JsonSerializer.Deserialize<Items<VisitorDatum>>(text, JsonSerializerOptions.Web);
}
