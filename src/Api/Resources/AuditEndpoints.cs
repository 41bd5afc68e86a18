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
        audit.MapGet("/verification", Verify).Demands(Resource.AuditLog, Rights.Read).WithSummary("Whether the entries are those that were written: each is linked to the one before by a hash");
    }

    private static async Task<Ok<Listed<AuditAnswer>>> List(Caller caller, [AsParameters] AuditQuery query, [AsParameters] Paging paging, IAuditLog log, CancellationToken stop) =>
        TypedResults.Ok((await log.Read(caller.Tenant, query.Filter, paging.After, paging.Count, stop)).Seen(AuditAnswer.Of));

    private static async Task<Results<Ok<AuditAnswer>, ProblemHttpResult>> Get(Caller caller, long entry, IAuditLog log, CancellationToken stop) =>
        await log.Find(caller.Tenant, entry, stop) is { } found ? TypedResults.Ok(AuditAnswer.Of(found)) : Problems.NotFound("entry");

    private static async Task<Ok<AuditVerificationAnswer>> Verify(Caller caller, [AsParameters] AuditRange range, IAuditLog log, CancellationToken stop) =>
        TypedResults.Ok(AuditVerificationAnswer.Of(await log.Verify(caller.Tenant, range.First, range.Last, stop)));
}

/// <summary>Which entries are looked at, by their ids.</summary>
/// <param name="From">The first; left out = the oldest.</param>
/// <param name="To">The last; left out = the newest.</param>
internal readonly record struct AuditRange([FromQuery] string? From, [FromQuery] string? To) : IChecked
{
    public long? First => Number(From);

    public long? Last => Number(To);

    public Items<Fault> Faults
    {
        get
        {
            var faults = new List<Fault>();
            foreach (var (name, value) in new[] { ("from", From), ("to", To) })
                if (!string.IsNullOrEmpty(value) && Number(value) is null) faults.Add(new(name, "must be a whole number from 1"));
            return faults.ToItems();
        }
    }

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}

/// <param name="Holds">Whether all of them are as they were written.</param>
/// <param name="Entries">How many are, from the first one on.</param>
/// <param name="Broken">The first one that is not: changed since, missing (it, or what stood before it), or added.</param>
/// <param name="Head">The newest link of the whole log; null: nothing stands in it. Noted elsewhere, it proves later that nothing before it was made anew.</param>
internal sealed record AuditVerificationAnswer(bool Holds, long Entries, AuditBreak? Broken, AuditHead? Head)
{
    public static AuditVerificationAnswer Of(AuditVerification found) => new(found.Broken is null, found.Entries, found.Broken, found.Head);
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
