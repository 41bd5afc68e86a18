using System.Text;
using CallCenter.Edge.Trunks;
using CallCenter.Sip.Auth;
using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;

namespace CallCenter.Edge.Calls;

/// <summary>A leg by which a number is called over a trunk. What the far end says before it picks up is not heard: ringback is ours. Lives on the loop.</summary>
/// <param name="number">As dialled; never logged.</param>
sealed class TrunkLeg(EdgeCore edge, EdgeCall call, RingNumber wish, string number) : CalledLeg(edge, call, wish.Leg, null, wish.Until)
{
    /// <summary>No way out; or the order came without the number, which cannot be called then.</summary>
    protected override int NotFound => number.Length > 0 ? 503 : 484;

    public override string? Trunk => wish.Trunk;

    protected override bool JudgesAnswer => wish.Judges;

    protected override async Task<CallSetup?> Find()
    {
        if (number.Length == 0) return null;
        if (await Edge.Directory.WayOut(wish.Trunk) is not { } way || await TrunkPlace.Of(Edge, way.Target) is not { } place)
        {
            Edge.Log.TrunkNotFound(wish.Trunk);
            return null;
        }
        Srtp = way.Srtp;
        var colon = way.Target.LastIndexOf(':');
        var uri = AddressText.Uri(number, way.Target[..colon], place.Port);
        var from = wish.Shown.Length > 0 ? AddressText.NameAddr("", AddressText.Uri(wish.Shown, Edge.Udp.Host)) : Anonymous;
        var asserted = Encoding.UTF8.GetBytes(from);
        return new(uri, from, AddressText.NameAddr("", uri), Edge.Udp.To(place), default)
        {
            Credentials = way.User is { } user ? new DigestCredentials(user, way.Password?.Value ?? "") : null,
            Headers = wish.Shown.Length > 0 ? writer => writer.Header("P-Asserted-Identity"u8, asserted) : null, // RFC 3325 §9.1: a trunk trusts us as we trust it
        };
    }

    protected override void OnOver(Sip.Dialogs.Call of, CallEnd end)
    {
        if (!of.IsAnswered && end.Status is 401 or 407) Edge.Log.TrunkKnowsUsNot(wish.Trunk, end.Status);
        base.OnOver(of, end);
    }
}
