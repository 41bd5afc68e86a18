using CallCenter.Media.Mixing;
using CallCenter.Media.Transport;

namespace CallCenter.Media;

/// <summary>
/// Who hears whom. Two members hear each other, packets passing straight through; one alone hears silence, or what is played to
/// it. A leg is in one room at most: joining another leaves the first.
/// </summary>
public sealed class MediaRoom
{
    readonly MediaShard shard;
    readonly Room room = new();

    internal MediaRoom(MediaShard shard) => this.shard = shard;

    /// <exception cref="ArgumentException">The leg was opened in a group of another loop thread: a caller's bug.</exception>
    public void Join(MediaLeg leg)
    {
        if (leg.Shard != shard) throw new ArgumentException("leg and room must be opened in one group", nameof(leg));
        shard.Post(() => leg.Loop.Enter(room));
    }

    /// <summary>Means nothing for a leg that is elsewhere by now.</summary>
    public void Leave(MediaLeg leg) => shard.Post(() => leg.Loop.Leave(room));
}
