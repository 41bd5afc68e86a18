namespace CallCenter.Media.Prompts;

/// <summary>A play on one leg, by the caller's choice of number; unique within the leg.</summary>
public readonly record struct PlayId(long Value);

/// <summary>What a leg shall hear, in order and without a gap; over and over if <see cref="Loop"/>.</summary>
/// <param name="Start">Samples skipped at the first pass (8 per ms), so that music goes on where it was left.</param>
public sealed record Play(PlayId Id, IReadOnlyList<PromptAudio> Sources, bool Loop = false, int Start = 0);

/// <summary>Why a play ended.</summary>
public enum PlayEnd
{
    Completed,

    /// <summary>By command: barge-in, bridge, agent answered.</summary>
    Stopped,

    /// <summary>By another play on the same leg.</summary>
    Replaced,
    LegClosed,
}
