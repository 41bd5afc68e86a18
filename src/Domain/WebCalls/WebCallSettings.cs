namespace CallCenter.Domain.WebCalls;

/// <summary>Whether visitors of web pages may call a number of the tenant's, and how. A number without such a row may not be called so.</summary>
/// <param name="Id">The number, canonical; see <see cref="Numbers.PhoneNumber"/>.</param>
/// <param name="Origins">Whose pages may carry the button or call by themselves, as browsers write them (<see cref="WebOrigin"/>). The tenant's own hosts always may.</param>
/// <param name="Consent">What a visitor agrees to before the call; null = nothing.</param>
/// <param name="ConsentVersion">Of the text, one more with each change of it; which one a visitor agreed to is a fact of the call.</param>
/// <param name="Limit">Web calls to the number at the same time, 1–<see cref="MostCalls"/>.</param>
/// <param name="PerAddress">The same of one network address.</param>
[GenerateSerializer, Immutable, Alias("WebCallSettings")]
public sealed record WebCallSettings(
    [property: Id(0)] TenantId Owner, [property: Id(1)] string Id, [property: Id(2)] bool Enabled, [property: Id(3)] Items<string> Origins, [property: Id(4)] string? Consent, [property: Id(5)] int ConsentVersion,
    [property: Id(6)] int Limit = WebCallSettings.UsualLimit, [property: Id(7)] int PerAddress = WebCallSettings.UsualPerAddress, [property: Id(8)] long Version = 0) : ISetting
{
    public const int UsualLimit = 50, UsualPerAddress = 3, MostCalls = 500, MostOrigins = 20, LongestConsent = 2000;

    /// <summary>Nobody may.</summary>
    public static WebCallSettings Off(TenantId owner, string number) => new(owner, number, false, [], null, 0);

    public Items<Fault> Check() => new FaultList()
        .Id(Owner.Value, "owner", 32)
        .When(!Numbers.PhoneNumber.TryParse(Id, out var number) || number.Canonical != Id, "id", "must be a canonical number")
        .When(Origins.Count > MostOrigins, "origins", $"must be {MostOrigins} at the most")
        .When(Origins.Any(o => !WebOrigin.TryParse(o, out var written) || written != o), "origins", "must be origins such as https://www.example.com: scheme and host, and nothing behind")
        .When(Consent is not null && !IsText(Consent), "consent", $"must have 1–{LongestConsent} characters, none of them a control character")
        .Range(Limit, 1, MostCalls, "limit").Range(PerAddress, 1, MostCalls, "perAddress").Done();

    /// <summary>Of several lines, if need be.</summary>
    private static bool IsText(string text) => !string.IsNullOrWhiteSpace(text) && text.Length <= LongestConsent && !text.Any(c => (char.IsControl(c) && c is not ('\n' or '\r')) || FaultList.TurnsText(c));
}
