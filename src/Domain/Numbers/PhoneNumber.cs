namespace CallCenter.Domain.Numbers;

/// <summary>A telephone number: as dialled, and canonical (E.164 with +, or for 400/800 the country and national number).</summary>
/// <param name="Dialled">What stood in the request.</param>
/// <param name="Canonical">One text for one line, whatever way it was dialled.</param>
[GenerateSerializer, Immutable, Alias("PhoneNumber")]
public readonly record struct PhoneNumber([property: Id(0)] string Dialled, [property: Id(1)] string Canonical);
