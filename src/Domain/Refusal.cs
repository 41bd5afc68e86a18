using System.Collections.Frozen;
using System.Text.Json.Serialization;

namespace CallCenter.Domain;

[JsonConverter(typeof(EnumText<RefusalCode>))]
public enum RefusalCode
{
    NotFound, Invalid, Conflict, Forbidden, StaleVersion,
    SeatsExhausted, QueueFull, TenantBusy, Draining, NotSignedIn, Busy,
}

/// <summary>A "no" the caller can act on. Outages and bugs stay exceptions.</summary>
/// <param name="Detail">One sentence for a person.</param>
/// <param name="Faults">Every fault of a bad input, each with the field it belongs to.</param>
[GenerateSerializer, Immutable, Alias("Refusal")]
public sealed record Refusal([property: Id(0)] RefusalCode Code, [property: Id(1)] string Detail, [property: Id(2)] Items<Fault> Faults = default)
{
    /// <summary>What each code is on the wire: a SIP status and an HTTP status.</summary>
    public static readonly FrozenDictionary<RefusalCode, (int Sip, int Http)> Faces = new Dictionary<RefusalCode, (int, int)>
    {
        [RefusalCode.NotFound] = (404, 404),
        [RefusalCode.Invalid] = (400, 400),
        [RefusalCode.Conflict] = (486, 409),
        [RefusalCode.Forbidden] = (403, 403),
        [RefusalCode.StaleVersion] = (500, 412),
        [RefusalCode.SeatsExhausted] = (403, 402),
        [RefusalCode.QueueFull] = (486, 429),
        [RefusalCode.TenantBusy] = (486, 429),
        [RefusalCode.Draining] = (503, 503),
        [RefusalCode.NotSignedIn] = (480, 409),
        [RefusalCode.Busy] = (486, 409),
    }.ToFrozenDictionary();

    public static Refusal Invalid(Items<Fault> faults) => new(RefusalCode.Invalid, faults.Count == 1 ? faults[0].Text : $"{faults.Count} faults", faults);
}

/// <summary>One fault of an input.</summary>
/// <param name="Field">A JSON path in the input, such as <c>nodes.menu1.branches</c>.</param>
[GenerateSerializer, Immutable, Alias("Fault")]
public readonly record struct Fault([property: Id(0)] string Field, [property: Id(1)] string Text);
