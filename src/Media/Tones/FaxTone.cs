namespace CallCenter.Media.Tones;

/// <summary>What fax machines say to each other before they talk (ITU-T T.30 §4).</summary>
public enum FaxTone : byte
{
    /// <summary>CNG, of a machine that calls: 1100 Hz for 0.5 s in every 3.5 s.</summary>
    Calling,

    /// <summary>CED, of a machine that answers: 2100 Hz for 2.6–4 s; also ANSam of V.8, whose level wavers and whose phase turns over.</summary>
    Answering,
}
