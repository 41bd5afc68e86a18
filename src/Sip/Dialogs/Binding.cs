using CallCenter.Sip.Messages;

namespace CallCenter.Sip.Dialogs;

/// <summary>One contact of an address of record (RFC 3261 §10).</summary>
/// <param name="Contact">The URI as registered.</param>
/// <param name="CallId">Of the REGISTER that wrote it last; with <paramref name="Number"/> it puts requests in order.</param>
/// <param name="Number">CSeq number of that REGISTER.</param>
/// <param name="Preference">q in thousandths, 0–1000; 1000 where none was given.</param>
public sealed record Binding(string Contact, string CallId, uint Number, DateTimeOffset ExpiresAt, int Preference)
{
    /// <summary>Compared as URIs, not as text (§19.1.4).</summary>
    public bool Means(in SipUri uri) => SipUri.TryParse(Contact, out var own) && own.Matches(uri);
}

/// <summary>Limits of a registrar.</summary>
/// <param name="Least">Shorter wishes get 423 (§10.2.8), but for 0, which removes.</param>
/// <param name="Default">Where the phone names none.</param>
/// <param name="Most">Longer wishes are cut to it.</param>
/// <param name="Bindings">Contacts an address of record may have.</param>
public sealed record RegistrarLimits(TimeSpan Least, TimeSpan Default, TimeSpan Most, int Bindings)
{
    public static readonly RegistrarLimits Usual = new(TimeSpan.FromSeconds(60), TimeSpan.FromHours(1), TimeSpan.FromHours(2), 10);
}

/// <summary>What a REGISTER comes to.</summary>
/// <param name="Status">200, or 400, 403, 423, 500 with the bindings left as they were.</param>
/// <param name="Bindings">All bindings now, the expired left out; the caller stores them.</param>
/// <param name="Changed">False for a mere query and for a refusal.</param>
public sealed record RegistrarStep(int Status, string? Reason, IReadOnlyList<Binding> Bindings, bool Changed);
