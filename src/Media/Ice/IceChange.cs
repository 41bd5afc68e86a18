namespace CallCenter.Media.Ice;

/// <summary>What became of the path in use.</summary>
enum IceChange
{
    None,

    /// <summary>From now on the peer is sent to along <see cref="IceAgent.Selected"/>, which is the first path, or another one than before.</summary>
    Selected,

    /// <summary>No sign of life within the time: nothing may be sent any more. Told once.</summary>
    Lost,

    /// <summary>Signs of life again after <see cref="Lost"/>.</summary>
    Resumed,
}

/// <summary>What came of a datagram.</summary>
/// <param name="Answer">Length of the answer, which goes back along the path that the datagram came; 0 = none.</param>
readonly record struct IceStep(int Answer, IceChange Change);
