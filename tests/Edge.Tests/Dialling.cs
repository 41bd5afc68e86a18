using CallCenter.Kit.Sip;
using CallCenter.Sip.Auth;
using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;

namespace CallCenter.Edge.Tests;

/// <summary>What a peer says in these tests, as text.</summary>
static class Dialling
{
    public const string Caller = "<sip:02112345678@127.0.0.1>;tag=caller";
    public const string Number = "sip:4008001001@127.0.0.1";

    public static string Sdp(int port = 30_000, string formats = "0 101") =>
        $"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio {port} RTP/AVP {formats}\r\na=rtpmap:101 telephone-event/8000\r\n";

    public static string Invite(this ScriptedSipPeer peer, string callId, string uri = Number, string from = Caller, string? body = null, string headers = "") =>
        peer.Request("INVITE", uri, from, $"<{uri}>", callId, 1, headers, body ?? Sdp());

    /// <summary>A request inside the dialog that the answer made.</summary>
    public static string Within(this ScriptedSipPeer peer, SipResponse answer, string method, uint number, string headers = "", string body = "") =>
        peer.Request(method, Aim(answer), answer.From.ToString(), answer.To.ToString(), answer.CallIdText, number, headers, body);

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
