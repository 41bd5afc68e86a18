using System.Text.Json;

namespace CallCenter.Kit.Product;

/// <summary>A call as the API tells it.</summary>
public sealed record CallRecord(JsonElement Json)
{
    public string Id => Text("id")!;
    public string? From => Text("from");
    public string? Queue => Text("queue");
    public string[] Agents => [.. Json.GetProperty("agents").EnumerateArray().Select(a => a.GetString()!)];
    public string[] Recordings => [.. Json.GetProperty("recordings").EnumerateArray().Select(r => r.GetString()!)];

    /// <summary>by, reason and blame in one text, such as <c>caller hangUp nobody</c>.</summary>
    public string Ended => $"{EndedPart("by")} {EndedPart("reason")} {EndedPart("blame")}";
    public string EndedBy => EndedPart("by");

    public DateTimeOffset StartedAt => Json.GetProperty("startedAt").GetDateTimeOffset();
    public DateTimeOffset? ConnectedAt => Instant("connectedAt");
    public DateTimeOffset? AnsweredAt => Instant("answeredAt");
    public DateTimeOffset? EndedAt => Instant("endedAt");

    /// <summary>Connected → enqueued, ms.</summary>
    public long TIvr => Json.GetProperty("tIvr").GetInt64();

    /// <summary>Enqueued → answered or left, ms.</summary>
    public long TAcd => Json.GetProperty("tAcd").GetInt64();

    /// <summary>In conversation, ms.</summary>
    public long TTalk => Json.GetProperty("tTalk").GetInt64();

    /// <summary>While the customer was held, ms.</summary>
    public long THeld => Json.GetProperty("tHeld").GetInt64();

    /// <summary>Aside, asking or asked, ms.</summary>
    public long TConsult => Json.GetProperty("tConsult").GetInt64();

    public int Transfers => Json.GetProperty("transfers").GetInt32();
    public string Direction => Text("direction")!;
    public string? To => Text("to");

    /// <summary>The first stay of an agent in the call.</summary>
    public JsonElement Spell(string agent) => Json.GetProperty("spells").EnumerateArray().First(s => s.GetProperty("agent").GetString() == agent);

    public override string ToString() => Json.GetRawText();

    string EndedPart(string name) => Json.GetProperty("ended").GetProperty(name).GetString()!;
    string? Text(string name) => Json.TryGetProperty(name, out var value) ? value.GetString() : null;
    DateTimeOffset? Instant(string name) => Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetDateTimeOffset() : null;
}

/// <summary>The timeline of a call.</summary>
public sealed record CallFacts(IReadOnlyList<JsonElement> All)
{
    public string[] Kinds => [.. All.Select(f => f.GetProperty("kind").GetString()!)];

    public JsonElement[] Of(string kind) => [.. All.Where(f => f.GetProperty("kind").GetString() == kind)];

    public string Value(string kind, string member) => Of(kind)[0].GetProperty(member).ToString();

    public override string ToString() => string.Join('\n', All.Select(f => f.GetRawText()));
}
