namespace CallCenter.Domain.Calls.Quality;

/// <summary>How a leg sounded from its answer to its end, measured by its edge (E-model of ITU-T G.107). What comes from the party; <paramref name="PeerMos"/> is what it heard.</summary>
/// <param name="Mos">Mean opinion score, 1–4.5; of what came from the party, by packets.</param>
/// <param name="WorstMos">Of the worst stretch.</param>
/// <param name="Loss">Packets lost, %.</param>
/// <param name="Jitter">RFC 3550 §6.4.1, ms.</param>
/// <param name="RoundTrip">Mean, ms; null if the peer never told enough.</param>
/// <param name="PeerMos">By its own reports of loss and jitter; null if it sent none.</param>
/// <param name="Course">The same stretch by stretch.</param>
[GenerateSerializer, Immutable, Alias("LegQuality")]
public sealed record LegQuality(
    [property: Id(0)] double Mos, [property: Id(1)] double WorstMos, [property: Id(2)] double Loss, [property: Id(3)] double Jitter, [property: Id(4)] double? RoundTrip, [property: Id(5)] double? PeerMos,
    [property: Id(6)] QualityCourse Course);

/// <summary>A leg's quality in time, in stretches of one length from the first packet on; 0 in all lists where nothing came.</summary>
/// <param name="Seconds">Of a stretch: 10, and twice as many each time when there were too many.</param>
/// <param name="RoundTrip">ms; 0 where it is unknown.</param>
[GenerateSerializer, Immutable, Alias("QualityCourse")]
public sealed record QualityCourse([property: Id(0)] int Seconds, [property: Id(1)] Items<double> Mos, [property: Id(2)] Items<double> Loss, [property: Id(3)] Items<double> Jitter, [property: Id(4)] Items<double> RoundTrip);
