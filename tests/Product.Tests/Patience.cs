namespace CallCenter.Product.Tests;

/// <summary>For what is awaited and not judged: what has a bar is judged by instants, however long it was waited for.</summary>
static class Patience
{
    /// <summary>s: SIP over UDP says a message again after 0.5, 1.5, 3.5 and 7.5 s (RFC 3261 §17.1.1.2), so what is awaited may rightly be that late.</summary>
    public const double Usual = 10;
}
