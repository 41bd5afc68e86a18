namespace CallCenter.Media.Recording;

/// <summary>One track of a recording: what one leg said, from one instant to another.</summary>
public readonly record struct TrackId(Guid Value)
{
    public static TrackId New() => new(Guid.CreateVersion7());

    public override string ToString() => Value.ToString("N");
}
