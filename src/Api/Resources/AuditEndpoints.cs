using System.Globalization;
using System.Text.Json;
using CallCenter.Contracts.Access;

namespace CallCenter.Api.Resources;

/// <summary>Who did what. There is no way to change or remove an entry, here or anywhere.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder api)
    {
        var audit = api.Resource("/audit", "Audit log");
        audit.MapGet("", List).Demands(Resource.AuditLog, Rights.Read).WithSummary("What was done, newest first");
        audit.MapGet("/{entry:long}", Get).Demands(Resource.AuditLog, Rights.Read).WithSummary("One entry, with what stood there before and after");
    }

    private static async Task<Ok<Listed<AuditAnswer>>> List(Caller caller, [AsParameters] AuditQuery query, [AsParameters] Paging paging, IAuditLog log, CancellationToken stop) =>
        TypedResults.Ok((await log.Read(caller.Tenant, query.Filter, paging.After, paging.Count, stop)).Seen(AuditAnswer.Of));

    private static async Task<Results<Ok<AuditAnswer>, ProblemHttpResult>> Get(Caller caller, long entry, IAuditLog log, CancellationToken stop) =>
        await log.Find(caller.Tenant, entry, stop) is { } found ? TypedResults.Ok(AuditAnswer.Of(found)) : Problems.NotFound("entry");
}

/// <summary>Which entries are wanted; all texts here, so that every wrong one is named in the answer.</summary>
/// <param name="From">At or after (ISO 8601).</param>
/// <param name="To">Before.</param>
/// <param name="User">Who did it.</param>
/// <param name="Action">changed, removed, signedIn, signInFailed, numberRevealed …</param>
/// <param name="Kind">The kind of setting, such as QueueSettings.</param>
/// <param name="Subject">The setting, account or call it was done to.</param>
internal readonly record struct AuditQuery([FromQuery] string? From, [FromQuery] string? To, [FromQuery] string? User, [FromQuery] string? Action, [FromQuery] string? Kind, [FromQuery] string? Subject) : IChecked
{
    private const int Longest = 128;

    public AuditFilter Filter => new(Instant(From), Instant(To), Given(User), TryAction(Action, out var action) ? action : null, Given(Kind), Given(Subject));

    public Items<Fault> Faults
    {
        get
        {
            var faults = new List<Fault>();
            if (Given(From) is not null && Instant(From) is null) faults.Add(new("from", "is not an instant such as 2026-01-31T08:00:00Z"));
            if (Given(To) is not null && Instant(To) is null) faults.Add(new("to", "is not an instant such as 2026-01-31T08:00:00Z"));
            if (Given(Action) is not null && !TryAction(Action, out _)) faults.Add(new("action", $"must be one of {string.Join(", ", Enum.GetValues<AuditAction>().Select(Names.Of))}"));
            foreach (var (name, value) in new[] { ("user", User), ("kind", Kind), ("subject", Subject) })
                if (value is { Length: > Longest }) faults.Add(new(name, "is too long"));
            return faults.ToItems();
        }
    }

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static bool TryAction(string? text, out string? action)
    {
        action = Enum.GetValues<AuditAction>().Where(one => Names.Of(one) == text).Select(one => one.ToString()).FirstOrDefault();
        return action is not null;
    }

    private static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;
}

/// <param name="Tenant">Of whose people it was; null = the operator's.</param>
/// <param name="User">A user, an API key's id, or "system".</param>
/// <param name="Before">Secrets left out; null in lists.</param>
internal sealed record AuditAnswer(long Id, DateTimeOffset At, string? Tenant, string User, string? Address, string Action, string? Kind, string? Subject, long? Version, string? Detail, JsonElement? Before, JsonElement? After)
{
    public static AuditAnswer Of(AuditRecord entry) => new(
        entry.Number, entry.At, entry.By.Owner == TenantId.Operator ? null : entry.By.Owner.Value, entry.By.User, entry.By.Address, JsonNamingPolicy.CamelCase.ConvertName(entry.Action),
        entry.Kind, entry.Subject, entry.Version, entry.Detail, Json(entry.Before), Json(entry.After));

    private static JsonElement? Json(string? text) => text is null ? null : JsonElement.Parse(text);
}
