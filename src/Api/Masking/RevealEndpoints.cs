using CallCenter.Api.Resources;
using CallCenter.Contracts.Access;

namespace CallCenter.Api.Masking;

/// <summary>A masked number in full, for who has the right and says why. Who, what and why stand in the audit log; the number does not.</summary>
internal static class RevealEndpoints
{
    public static void MapReveals(this IEndpointRouteBuilder api)
    {
        api.Resource("/calls/{call:id}/reveal", "Calls").MapPost("", OfCall).Demands(Resource.PlainNumbers, Rights.Read).WithSummary("The customer's number of a call in full, with a reason");
        api.Resource("/voicemails/{voicemail:id}/reveal", "Voicemails").MapPost("", OfVoicemail).Demands(Resource.PlainNumbers, Rights.Read).WithSummary("The caller's number of a voicemail in full, with a reason");
    }

    private static async Task<Results<Ok<Revealed>, ProblemHttpResult>> OfCall(HttpContext http, Caller caller, CallId call, Form<RevealForm> form, IReports reports, IConfigurationStore store, IAuditLog audit)
    {
        if (form.Value.Check() is { IsEmpty: false } faults) return Problems.Invalid(faults);
        if (await reports.Find(caller, call, store, http.RequestAborted) is not { } record) return Problems.NotFound("call");
        return await Reveal(http, caller, record.Customer(), call.Value, form.Value, audit);
    }

    private static async Task<Results<Ok<Revealed>, ProblemHttpResult>> OfVoicemail(HttpContext http, Caller caller, string voicemail, Form<RevealForm> form, IReports reports, IConfigurationStore store, IAuditLog audit)
    {
        if (form.Value.Check() is { IsEmpty: false } faults) return Problems.Invalid(faults);
        if (await VoicemailEndpoints.Find(caller, voicemail, reports, store, http.RequestAborted) is not { } found) return Problems.NotFound("voicemail");
        return await Reveal(http, caller, found.From, found.Id, form.Value, audit);
    }

    /// <summary>First the log, then the number: what was seen is always written down.</summary>
    private static async Task<Ok<Revealed>> Reveal(HttpContext http, Caller caller, string? number, string subject, RevealForm form, IAuditLog audit)
    {
        await audit.Add(new(caller.Tenant, caller.Author, AuditAction.NumberRevealed, subject, form.Reason), http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new Revealed(number, Revealed.Seconds));
    }
}

internal sealed record RevealForm(string? Reason)
{
    private const int Shortest = 3, Longest = 200;

    public Items<Fault> Check() => Reason?.Trim().Length is >= Shortest and <= Longest && !Reason.Any(char.IsControl) ? [] : [new("reason", $"must have {Shortest}–{Longest} characters, none of them a control character")];
}

/// <param name="Number">Null if it is withheld or erased.</param>
/// <param name="HideAfter">Seconds after which a page hides it again.</param>
internal sealed record Revealed(string? Number, int HideAfter)
{
    public const int Seconds = 60;
}
