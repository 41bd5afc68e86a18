namespace CallCenter.Kit.Phones;

/// <summary>A media relay by a phone's side: it puts itself into session descriptions, in either direction, and audio goes through it.</summary>
public interface ISdpWay
{
    /// <param name="call">Names the call in all that is said of it.</param>
    /// <param name="outwards">From the phone to the product; else from the product.</param>
    Task<string> Offer(string call, string sdp, bool outwards);

    /// <summary>To the offer of the same call.</summary>
    Task<string> Answer(string call, string sdp);
}
