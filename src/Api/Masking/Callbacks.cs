using CallCenter.Api.Resources;

namespace CallCenter.Api.Masking;

/// <summary>Whom to dial, by reference: who sees a number masked calls it all the same.</summary>
internal static class Callbacks
{
    /// <summary>The number behind the reference, or why there is none. Who may not read all calls refers to those it had a part in.</summary>
    public static async Task<(string? Number, Refusal? Refusal)> NumberOf(this IReports reports, Caller caller, DialForm form, IConfigurationStore store, CancellationToken stop)
    {
        var number = form.CustomerOf is { } call ? await OfCall(caller, call, reports, store, stop) : (await VoicemailEndpoints.Find(caller, form.Voicemail!, reports, store, stop))?.From;
        return number is null ? (null, Refusal.Invalid([new(form.CustomerOf is null ? "voicemail" : "customerOf", "There is none, or its number is not known")])) : (number, null);
    }

    private static async Task<string?> OfCall(Caller caller, CallId call, IReports reports, IConfigurationStore store, CancellationToken stop) =>
        await reports.Find(caller, call, store, stop) is { } record ? record.Customer() : null;
}
