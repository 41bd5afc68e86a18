using System.Text;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transport;

namespace CallCenter.Sip.Dialogs;

/// <summary>What two user agents keep about each other (RFC 3261 §12): no timers, no sockets.</summary>
public sealed class Dialog
{
    readonly byte[] local, remote;
    readonly byte[][] routes;
    readonly byte[] callId;
    uint? remoteNumber;

    Dialog(DialogId id, byte[] local, byte[] remote, byte[][] routes, SipUri target, uint localNumber, uint? remoteNumber)
    {
        Id = id;
        callId = Encoding.UTF8.GetBytes(id.CallId);
        (this.local, this.remote, this.routes, this.remoteNumber) = (local, remote, routes, remoteNumber);
        (RemoteTarget, LocalNumber) = (target, localNumber);
    }

    public DialogId Id { get; }

    /// <summary>The peer's Contact: where requests of this dialog are aimed.</summary>
    public SipUri RemoteTarget { get; private set; }

    /// <summary>CSeq number of our last request.</summary>
    public uint LocalNumber { get; private set; }

    /// <summary>The URI that the next request goes to: the first route, else the target (§12.2.1.1).</summary>
    public SipUri NextHop => routes.Length > 0 && NameAddr.TryParse(routes[0], out var first) ? first.Uri : RemoteTarget;

    /// <summary>The caller's dialog, from its INVITE and a response with a To tag and a Contact (§12.1.2). False where the response lacks them.</summary>
    public static bool TryOfCaller(SipRequest invite, SipResponse response, out Dialog? dialog)
    {
        dialog = null;
        if (response.To.Tag.IsEmpty || !response.TryAddress(HeaderName.Contact, out var contact) || !contact.Uri.IsSip || !TryRoutes(response, out var routes)) return false;
        Array.Reverse(routes);
        dialog = new(DialogId.Of(response), response.From.Text.ToArray(), response.To.Text.ToArray(), routes, contact.Uri.Detach(), invite.CSeq.Number, null);
        return true;
    }

    /// <summary>The callee's dialog, from the request and the tag of our answers (§12.1.1). False where the request has no usable Contact: 400.</summary>
    public static bool TryOfCallee(SipRequest invite, string localTag, out Dialog? dialog)
    {
        dialog = null;
        if (!invite.TryAddress(HeaderName.Contact, out var contact) || !contact.Uri.IsSip || !TryRoutes(invite, out var routes)) return false;
        var id = new DialogId(invite.CallIdText, localTag, Encoding.UTF8.GetString(invite.From.Tag));
        var to = Encoding.UTF8.GetBytes($"{invite.To};tag={localTag}");
        dialog = new(id, to, invite.From.Text.ToArray(), routes, contact.Uri.Detach(), 0, invite.CSeq.Number);
        return true;
    }

    static bool TryRoutes(SipMessage message, out byte[][] routes)
    {
        var list = new List<byte[]>();
        var good = true;
        foreach (var route in message.Elements(HeaderName.RecordRoute))
        {
            good &= NameAddr.TryParse(route, out var address) && address.Uri.IsSip;
            list.Add(route.ToArray());
        }
        routes = [.. list];
        return good;
    }

    /// <summary>Takes a request's number in. False where it is not above the last: out of order, to be answered with 500 (§12.2.2). An ACK and a CANCEL repeat their INVITE's.</summary>
    public bool TryAdvance(SipRequest received)
    {
        if (received.CSeq.Number <= remoteNumber) return false;
        remoteNumber = received.CSeq.Number;
        return true;
    }

    /// <summary>A target refresh (§12.2): INVITE or UPDATE, or the 2xx to one, with another Contact. The route set stays.</summary>
    public void Refresh(SipMessage message)
    {
        if (message.TryAddress(HeaderName.Contact, out var contact) && contact.Uri.IsSip) RemoteTarget = contact.Uri.Detach();
    }

    /// <summary>Starts a request inside the dialog with the next number (§12.2.1.1).</summary>
    public SipWriter Request(SipEndpoint endpoint, SipMethod method, in SipFlow to) => Begin(endpoint, method, ++LocalNumber, to);

    /// <summary>Starts a request whose number lies that far above our last, which stays as it is: for when this dialog's memory is lost (§12.2.2 allows gaps).</summary>
    internal SipWriter Ahead(SipEndpoint endpoint, SipMethod method, uint leap, in SipFlow to) => Begin(endpoint, method, uint.Min(LocalNumber + leap, CSeq.Max), to);

    /// <summary>Starts the ACK of a 2xx; it carries its INVITE's number (§13.2.2.4).</summary>
    public SipWriter Ack(SipEndpoint endpoint, uint inviteNumber, in SipFlow to) => Begin(endpoint, SipMethod.Ack, inviteNumber, to);

    SipWriter Begin(SipEndpoint endpoint, SipMethod method, uint number, in SipFlow to)
    {
        var strict = routes.Length > 0 && NameAddr.TryParse(routes[0], out var first) && !first.Uri.TryParameter("lr"u8, out _);
        var writer = endpoint.Request(method, strict ? NextHop.Text : RemoteTarget.Text, to);
        foreach (var route in strict ? routes[1..] : routes) writer.Header(HeaderName.Route, route);
        if (strict) writer.Header(HeaderName.Route, $"<{RemoteTarget}>");
        return writer.Header(HeaderName.From, local).Header(HeaderName.To, remote).Header(HeaderName.CallId, callId).CSeq(number, method);
    }
}
