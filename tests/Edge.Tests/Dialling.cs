using System.Net;
using CallCenter.Kit.Sip;
using CallCenter.Media.Sdp;
using CallCenter.Sip.Auth;
using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;

namespace CallCenter.Edge.Tests;

/// <summary>What a peer says in these tests, as text.</summary>
static class Dialling
{
    public const string Caller = "<sip:02112345678@127.0.0.1>;tag=caller";
    public const string Number = "sip:4008001001@127.0.0.1";

    public static string Sdp(int port = 30_000, string formats = "0 101", string address = "127.0.0.1", string direction = "sendrecv") =>
        $"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 {address}\r\nt=0 0\r\nm=audio {port} RTP/AVP {formats}\r\na=rtpmap:101 telephone-event/8000\r\na={direction}\r\n";

    public static string Invite(this ScriptedSipPeer peer, string callId, string uri = Number, string from = Caller, string? body = null, string headers = "") =>
        peer.Request("INVITE", uri, from, $"<{uri}>", callId, 1, headers, body ?? Sdp());

    /// <summary>A request inside the dialog that the answer made.</summary>
    public static string Within(this ScriptedSipPeer peer, SipResponse answer, string method, uint number, string headers = "", string body = "") =>
        peer.Request(method, Aim(answer), answer.From.ToString(), answer.To.ToString(), answer.CallIdText, number, headers, body);

    /// <summary>A request inside the dialog that our answer to the edge's INVITE made.</summary>
    public static string Within(this ScriptedSipPeer peer, SipRequest invite, string method, uint number, string headers = "", string body = "") =>
        peer.Request(method, invite.TryAddress(HeaderName.Contact, out var contact) ? contact.Uri.ToString() : throw new InvalidDataException("no Contact"),
            $"{invite.To};tag=peer", invite.From.ToString(), invite.CallIdText, number, headers, body);

    /// <summary>The phone of an extension, registered.</summary>
    public static async Task<ScriptedSipPeer> Phone(this EdgeScene scene, string extension = "1001")
    {
        var phone = scene.Peer();
        var answer = await phone.Register("reg-" + extension, user: extension);
        return answer.Status == 200 ? phone : throw new InvalidDataException($"{extension} is not registered: {answer.Status}");
    }

    /// <summary>An INVITE of that extension's phone.</summary>
    public static string Dial(this ScriptedSipPeer phone, string callId, string dialled, string extension = "1001", string? body = null, string? branch = null) =>
        phone.Request("INVITE", $"sip:{dialled}@acme.localhost", $"\"Anna\" <sip:{extension}@acme.localhost>;tag=dial", $"<sip:{dialled}@acme.localhost>", callId, 1, "", body ?? Sdp(), branch);

    /// <summary>A caller and the phone of 1001 (leg "agent-1"), both answered.</summary>
    public static async Task<(ScriptedSipPeer Caller, ScriptedSipPeer Phone, SipRequest Invite)> Talking(this EdgeScene scene, int phonePort = 30_000)
    {
        var phone = await scene.Phone();
        var (caller, _) = await CallerTests.Connected(scene);
        await scene.Script.Orders(new RingStation(new("agent-1"), "1001", DateTimeOffset.UnixEpoch.AddYears(200)));
        var invite = await phone.ExpectRequest(SipMethod.Invite);
        await phone.Send(phone.Response(invite, 200, body: Sdp(phonePort)));
        await phone.ExpectRequest(SipMethod.Ack);
        await scene.Script.Hears<PickedUp>();
        return (caller, phone, invite);
    }

    /// <summary>Where the session description of a message of the edge's wants the audio.</summary>
    public static IPEndPoint MediaOf(SipMessage message) =>
        SdpReader.TryRead(message.Body.Span, out var session, out _) ? new(IPAddress.Loopback, session.Media[0].Port) : throw new InvalidDataException("no session description");

    static string Aim(SipResponse answer) => answer.TryAddress(HeaderName.Contact, out var contact) ? contact.Uri.ToString() : throw new InvalidDataException("no Contact");

    public static async Task<SipResponse> Register(this ScriptedSipPeer peer, string callId, string password = "secret", string user = "1001", string contact = "", uint number = 1, int expires = 60)
    {
        string Text(uint cseq, string headers) => peer.Request("REGISTER", "sip:acme.localhost", $"<sip:{user}@acme.localhost>;tag=r", $"<sip:{user}@acme.localhost>", callId, cseq, $"Expires: {expires}\r\n{headers}{contact}");
        var challenge = await peer.Ask(Text(number, ""));
        if (challenge.Status != 401) return challenge;
        if (!DigestClient.TryAnswer(challenge, "REGISTER"u8, "sip:acme.localhost", new(user, password), "c0ffee", 1, out _, out var value)) throw new InvalidDataException("an unusable challenge");
        return await peer.Ask(Text(number + 1, $"Authorization: {value}\r\n"));
    }
}
