namespace CallCenter.Api.Masking;

/// <summary>What a caller is shown of customers' numbers. The firm's own numbers and extensions are nobody's secret.</summary>
internal static class Sight
{
    public static CallRecord SeenBy(this CallRecord call, Caller caller) => caller.SeesNumbers ? call : call.Direction switch
    {
        "inbound" => call with { From = NumberMask.Of(call.From) },
        "outbound" => call with { To = NumberMask.Of(call.To) },
        _ => call,
    };

    public static VoicemailRecord SeenBy(this VoicemailRecord voicemail, Caller caller) => caller.SeesNumbers ? voicemail : voicemail with { From = NumberMask.Of(voicemail.From) };

    /// <summary>The customer's number in a call; null if it is withheld or erased, or the call has no customer.</summary>
    public static string? Customer(this CallRecord call) => call.Direction switch
    {
        "inbound" => call.From,
        "outbound" => call.To,
        _ => null,
    };
}
