namespace CallCenter.Domain.Numbers;

/// <summary>An access number from the operator's stock, and the tenant and flow that it serves.</summary>
/// <param name="Id">Canonical: E.164 with +, or country and national for 400/800; see <see cref="PhoneNumber"/>.</param>
/// <param name="Display">As people write it.</param>
/// <param name="Flow">The flow that serves it, in its newest published version.</param>
/// <param name="MayCallOut">The tenant may show it to whom it calls. Never a 400 or 800 number.</param>
[GenerateSerializer, Immutable, Alias("NumberSettings")]
public sealed record NumberSettings([property: Id(0)] string Id, [property: Id(1)] string Display, [property: Id(2)] TenantId Tenant, [property: Id(3)] FlowId? Flow, [property: Id(4)] long Version = 0, [property: Id(5)] bool MayCallOut = false) : ISetting
{
    public TenantId Owner => TenantId.Operator;

    private bool CannotCallOut => PhoneNumber.TryParse(Id, out var number) && number.Canonical.StartsWith("86-", StringComparison.Ordinal);

    public Items<Fault> Check() => new FaultList()
        .When(!PhoneNumber.TryParse(Id, out var number) || number.Canonical != Id, "id", "must be a canonical number, such as +861012345678 or 86-4008001001")
        .Name(Display, "display").Id(Tenant.Value, "tenant", 32)
        .When(MayCallOut && CannotCallOut, "mayCallOut", "a 400 or 800 number can only be called: no carrier lets it be shown as the caller")
        .When(Flow is { } flow && !FlowId.TryParse(flow.Value, null, out _), "flow", "must be 1–64 of a–z, 0–9 and \"-\"").Done();
}
