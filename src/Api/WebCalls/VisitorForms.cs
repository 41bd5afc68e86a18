namespace CallCenter.Api.WebCalls;

/// <summary>A visitor's wish to call.</summary>
/// <param name="Number">One of the tenant's access numbers, as it is dialled.</param>
/// <param name="Sdp">The browser's offer of audio.</param>
/// <param name="Consent">The visitor has agreed to the number's text.</param>
/// <param name="ConsentVersion">Of the text that was shown; left out, the present one is meant.</param>
/// <param name="EmbeddedIn">Origin of the page in which ours stands; left out where there is none.</param>
/// <param name="Data">What the agent shall know: at most 20 members, names of 64, texts of 500 characters.</param>
internal sealed record WebCallForm(string? Number, string? Sdp, bool? Consent, int? ConsentVersion, string? EmbeddedIn, Dictionary<string, string?>? Data)
{
    /// <summary>No browser's offer of one audio line is longer.</summary>
    private const int LongestSdp = 16 * 1024;

    public Items<VisitorDatum> Known => Data is null ? [] : Data.Select(member => new VisitorDatum(member.Key, member.Value ?? "")).ToItems();

    public Items<Fault> Faults()
    {
        var faults = new List<Fault>();
        if (string.IsNullOrEmpty(Number)) faults.Add(new("number", "is missing"));
        faults.AddRange(FaultsOf(Sdp));
        if (EmbeddedIn is not null && !WebOrigin.TryParse(EmbeddedIn, out _)) faults.Add(new("embeddedIn", "is not an origin such as https://www.example.com"));
        faults.AddRange(WebVisit.Check(Known));
        return faults.ToItems();
    }

    public static IEnumerable<Fault> FaultsOf(string? sdp)
    {
        if (string.IsNullOrEmpty(sdp)) yield return new("sdp", "is missing");
        else if (sdp.Length > LongestSdp) yield return new("sdp", $"has more than {LongestSdp} characters");
    }
}

internal sealed record SdpForm(string? Sdp);

/// <param name="Call">The call's id.</param>
/// <param name="Token">Shows who the visitor is: <c>Authorization: Bearer</c>.</param>
/// <param name="Sdp">The answer to the browser's offer.</param>
internal sealed record WebCallOpened(CallId Call, string Token, string Sdp);

internal sealed record SdpAnswered(string Sdp);

/// <summary>What a page must know before it calls.</summary>
/// <param name="Number">As people write it.</param>
/// <param name="Name">Of the firm.</param>
/// <param name="Consent">What a visitor has to agree to; null = nothing.</param>
internal sealed record WebCallAbout(string Number, string Name, string? Consent, int? ConsentVersion, string? Colour, string? BarColour, string? BarText, string? Logo);

internal sealed record VisitAnswer(VisitState State);

/// <summary>How a visitor's call is.</summary>
internal enum VisitState
{
    /// <summary>Not answered yet.</summary>
    Connecting,

    /// <summary>In announcements or a menu.</summary>
    Menu,

    /// <summary>In a queue.</summary>
    Waiting,

    Talking,
    Held,
    Ended,
}
