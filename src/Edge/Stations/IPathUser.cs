using CallCenter.Media;

namespace CallCenter.Edge.Stations;

/// <summary>Who rings an agent's browser, or talks by its path: a leg of a call of this edge, or the way to a call of another. Hears of the path's media while it talks.</summary>
interface IPathUser : IMediaOwner
{
    /// <summary>Another call has the path now.</summary>
    void HangUp();

    /// <summary>The browser is not heard any more, and may be back.</summary>
    void OnPathLost();

    void OnPathBack();

    /// <summary>The browser is gone for good.</summary>
    void OnPathGone(LegEndedBy how);
}
