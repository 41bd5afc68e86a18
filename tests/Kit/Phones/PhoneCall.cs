using System.Net;
using System.Text;
using CallCenter.Kit.Media;
using CallCenter.Kit.Time;
using CallCenter.Media.Codecs;
using CallCenter.Sip.Messages;

namespace CallCenter.Kit.Phones;

public enum CallEnd
{
    /// <summary>This phone hung up, cancelled or refused.</summary>
    Here,
    /// <summary>BYE came.</summary>
    There,
    /// <summary>CANCEL came while it rang.</summary>
    Cancelled,
    /// <summary>The INVITE was refused.</summary>
    Refused,
}

/// <summary>One call of a <see cref="Phone"/>, from either side. Instants are ns of <see cref="Clock"/>; 0 = not yet.</summary>
public sealed class PhoneCall : IDisposable
{
    readonly Phone phone;
    readonly string localParty, remoteParty;
    readonly SipRequest? incoming;
    readonly TaskCompletionSource<SipResponse> final = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource acknowledged = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource<CallEnd> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly List<string> notified = [];
    string target, remoteTag = "", inviteBranch = "";
    uint number = 1;

    /// <summary>An outgoing call.</summary>
    internal PhoneCall(Phone phone, string id, string uri, AudioCodec codec)
    {
        (this.phone, Id, target, Ear) = (phone, id, uri, new(codec));
        (localParty, remoteParty) = ($"<{phone.Aor}>;tag={LocalTag}", $"<{uri}>");
    }

    /// <summary>An incoming call.</summary>
    internal PhoneCall(Phone phone, SipRequest invite, AudioCodec codec)
    {
        (this.phone, Id, incoming, Ear) = (phone, invite.CallIdText, invite, new(codec));
        (localParty, remoteParty) = ($"{invite.To};tag={LocalTag}", invite.From.ToString());
        target = invite.TryAddress(HeaderName.Contact, out var contact) ? contact.Uri.ToString() : invite.From.Uri.ToString();
        InvitedAt = phone.At(invite);
    }

    public string Id { get; }
    public RtpEar Ear { get; }
    internal string LocalTag { get; } = Guid.NewGuid().ToString("n")[..8];

    /// <summary>The INVITE that came, as the kernel took it in, or went.</summary>
    public long InvitedAt { get; private set; }

    /// <summary>The 200 that came, as the kernel took it in, or went.</summary>
    public long AnsweredAt { get; private set; }
    public long EndedAt => Volatile.Read(ref endedAt);

    long endedAt;
    public SipRequest Incoming => incoming ?? throw new InvalidOperationException("this call went out");

    /// <summary>Where the other side hears us.</summary>
    public IPEndPoint? Remote { get; private set; }

    /// <summary>Whoever speaks in place of the ear: his answer to an offer.</summary>
    internal Func<string, Task<string>>? Answers { get; set; }

    /// <summary>From and To of a request of ours inside this dialog, tags included.</summary>
    public (string Local, string Remote) Dialog => (localParty, incoming is not null || remoteTag.Length == 0 ? remoteParty : $"{remoteParty};tag={remoteTag}");

    /// <summary>The user part of From: the caller's number as the agent sees it.</summary>
    public string CallerNumber => Incoming.From.Uri.UserText;

    /// <summary>The final answer to our INVITE.</summary>
    public Task<SipResponse> Final => Within(final.Task, "a final answer");

    /// <summary>How the call ended.</summary>
    public Task<CallEnd> Ended(double? seconds = null) => Within(ended.Task, "the end", seconds);
    public bool HasEnded => ended.Task.IsCompleted;

    /// <summary>Completes when our INVITE was answered by 200.</summary>
    public async Task Answered(double? seconds = null)
    {
        var answer = await Within(final.Task, "an answer", seconds);
        if (answer.Status != 200) throw new InvalidOperationException($"the call was refused: {answer.Status} {answer.Reason}");
    }

    /// <summary>The same by somebody who speaks for himself.</summary>
    public Task Answer(Func<string, Task<string>> answers)
    {
        Answers = answers;
        return Answer();
    }

    /// <summary>Answers a call that rings, and waits for the ACK.</summary>
    public async Task Answer()
    {
        var offer = await OfferIn(Encoding.UTF8.GetString(Incoming.Body.Span));
        Listen(offer);
        AnsweredAt = Clock.Now;
        var ok = phone.Response(Incoming, 200, LocalTag, await AnswerThrough(await AnswerTo(offer)));
        await phone.Answer(Incoming, ok);
        Standstill.Note(AnsweredAt, Clock.Now);
        for (var (wait, left) = (TimeSpan.FromMilliseconds(500), 6); left > 0 && !acknowledged.Task.IsCompleted && !HasEnded; left--, wait *= 2)
        {
            await Task.WhenAny(acknowledged.Task, ended.Task, Task.Delay(wait));
            if (!acknowledged.Task.IsCompleted && !HasEnded) await phone.Send(ok); // RFC 3261 §13.3.1.4
        }
    }

    /// <summary>Refuses a call that rings.</summary>
    public Task Reject(int status)
    {
        End(CallEnd.Here);
        return phone.Answer(Incoming, phone.Response(Incoming, status, LocalTag));
    }

    /// <summary>BYE; its answer is awaited.</summary>
    public async Task HangUp()
    {
        End(CallEnd.Here);
        await phone.Transact(InDialog("BYE"), due: EndedAt);
    }

    /// <summary>CANCEL of our own INVITE.</summary>
    public async Task Cancel()
    {
        End(CallEnd.Here);
        await phone.Transact(phone.Request("CANCEL", target, localParty, remoteParty, Id, 1, "", "", inviteBranch));
    }

    /// <summary>Presses a key in the conversation; done when its last packet is out.</summary>
    public async Task Press(char key)
    {
        var before = Ear.Sent;
        Ear.Press(key);
        await Wait(() => Ear.Sent >= before + 8, $"key {key}");
    }

    /// <summary>Sounds a key for 100 ms and says nothing after it; done when it is out.</summary>
    public async Task Sound(char key)
    {
        var before = Ear.Sent;
        Ear.Say([.. Tone.Key(key, TimeSpan.FromMilliseconds(100)), .. new short[10 * Tone.Rate]]);
        await Wait(() => Ear.Sent >= before + 10, $"tones of {key}");
    }

    /// <summary>An INFO with that body; its answer.</summary>
    public Task<SipResponse> Inform(string type, string body) => phone.Transact(InDialog("INFO", $"Content-Type: {type}\r\n", body));

    /// <summary>A re-INVITE of ours: sendonly puts the other side on hold, sendrecv takes it back (RFC 3264 §8.4). The final answer.</summary>
    public Task<SipResponse> Offer(string direction) =>
        phone.Transact(InDialog("INVITE", "", SdpText.Of(Ear.Local, direction, phone.Codec)));

    /// <summary>A re-INVITE with an offer of whoever speaks for himself; the other side's answer.</summary>
    public async Task<string> Exchange(string offer)
    {
        var answer = await phone.Transact(InDialog("INVITE", "", offer));
        return answer.Status == 200 ? Encoding.UTF8.GetString(answer.Body.Span) : throw new InvalidOperationException($"the offer was refused: {answer.Status} {answer.Reason}");
    }

    /// <summary>REFER without Replaces: a blind transfer (RFC 3515). Its answer; what became of it comes by NOTIFY.</summary>
    public Task<SipResponse> Refer(string user) => phone.Transact(InDialog("REFER", $"Refer-To: <sip:{user}@{phone.Domain}>\r\nReferred-By: <{phone.Aor}>\r\n"));

    /// <summary>REFER with Replaces: the other call of this phone takes the place of this one (RFC 5589 §7).</summary>
    public Task<SipResponse> Refer(PhoneCall other)
    {
        var (local, remote) = other.Dialog;
        var replaces = Uri.EscapeDataString($"{other.Id};to-tag={TagOf(remote)};from-tag={TagOf(local)}");
        return phone.Transact(InDialog("REFER", $"Refer-To: <sip:{phone.User}@{phone.Domain}?Replaces={replaces}>\r\nReferred-By: <{phone.Aor}>\r\n"));
    }

    static string TagOf(string party) => party[(party.LastIndexOf(";tag=", StringComparison.Ordinal) + ";tag=".Length)..];

    /// <summary>The status lines of the NOTIFYs that came.</summary>
    public IReadOnlyList<string> Notified => notified;

    public void Dispose() => Ear.Dispose();

    internal void Invite(string offer) => _ = Inviting(offer);

    async Task Inviting(string offer)
    {
        try
        {
            InvitedAt = Clock.Now;
            inviteBranch = phone.NewBranch();
            if (phone.Way is { } way) offer = await way.Offer(Id, offer, outwards: true);
            var answer = await phone.Transact(FirstInvite(offer, ""));
            if (answer.Status is 401 or 407)
            {
                (number, inviteBranch) = (2, phone.NewBranch());
                answer = await phone.Transact(FirstInvite(offer, phone.Credentials(answer, "INVITE"u8, target, phone.Password)));
            }
            if (answer.Status >= 300) End(CallEnd.Refused, phone.At(answer));
            final.TrySetResult(answer);
        }
        catch (Exception fault)
        {
            Fail(fault);
        }
    }

    string FirstInvite(string offer, string more) => phone.Request("INVITE", target, localParty, remoteParty, Id, number, more, offer, inviteBranch);

    async Task<string> OfferIn(string sdp) => phone.Way is { } way ? await way.Offer(Id, sdp, outwards: false) : sdp;

    async Task<string> AnswerThrough(string sdp) => phone.Way is { } way ? await way.Answer(Id, sdp) : sdp;

    /// <summary>ACKs a final answer, each time that it comes.</summary>
    internal async Task Acknowledge(SipResponse answer)
    {
        var to = answer.To.ToString();
        if (answer.Status >= 300)
        {
            await phone.Send(phone.Request("ACK", target, localParty, to, Id, answer.CSeq.Number, "", "", Encoding.ASCII.GetString(answer.Via.Branch)));
            return;
        }
        var ack = answer.TryAddress(HeaderName.Contact, out var contact) ? contact.Uri.ToString() : target;
        if (AnsweredAt == 0)
        {
            AnsweredAt = phone.At(answer);
            (target, remoteTag) = (ack, Encoding.ASCII.GetString(answer.To.Tag));
            Listen(await AnswerThrough(Encoding.UTF8.GetString(answer.Body.Span)));
        }
        await phone.Send(phone.Request("ACK", ack, localParty, to, Id, answer.CSeq.Number, "", "", phone.NewBranch()));
    }

    internal async Task Take(SipRequest request)
    {
        switch (request.Method)
        {
            case SipMethod.Ack:
                acknowledged.TrySetResult();
                break;
            case SipMethod.Bye:
                End(CallEnd.There, phone.At(request));
                await phone.Answer(request, phone.Response(request, 200, LocalTag));
                break;
            case SipMethod.Cancel:
                End(CallEnd.Cancelled, phone.At(request));
                await phone.Answer(request, phone.Response(request, 200, LocalTag));
                await phone.Answer(Incoming, phone.Response(Incoming, 487, LocalTag));
                break;
            case SipMethod.Invite: // a re-INVITE: what we say stays the same
                await phone.Answer(request, phone.Response(request, 200, LocalTag, await AnswerTo(Encoding.UTF8.GetString(request.Body.Span))));
                break;
            default:
                if (request.Method == SipMethod.Notify) notified.Add(Encoding.UTF8.GetString(request.Body.Span).Trim());
                await phone.Answer(request, phone.Response(request, 200, LocalTag));
                break;
        }
    }

    internal void Fail(Exception fault)
    {
        final.TrySetException(fault);
        ended.TrySetException(fault);
    }

    void Listen(string sdp)
    {
        Remote = SdpText.Remote(sdp);
        if (Answers is null) Ear.Connect(Remote);
    }

    async Task<string> AnswerTo(string offer)
    {
        if (Answers is not null) return await Answers(offer);
        var own = SdpText.Of(Ear.Local, phone.Codec);
        return phone.HasEvents ? own : SdpText.WithoutEvents(own);
    }

    /// <param name="at">When what ended it came; 0: we end it now.</param>
    void End(CallEnd how, long at = 0)
    {
        if (ended.Task.IsCompleted || Interlocked.CompareExchange(ref endedAt, at != 0 ? at : Clock.Now, 0) != 0) return;
        Ear.Connect(null);
        ended.TrySetResult(how); // last: whoever waited for it reads the rest
    }

    string InDialog(string method, string headers = "", string body = "") =>
        phone.Request(method, target, localParty, Dialog.Remote, Id, ++number, headers, body, phone.NewBranch());

    async Task<T> Within<T>(Task<T> task, string what, double? seconds = null)
    {
        var limit = seconds is { } set ? TimeSpan.FromSeconds(set) : Patience.Usual;
        try
        {
            return await task.WaitAsync(limit);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{phone.Aor} waited {limit.TotalSeconds} s for {what} of {Id}");
        }
    }

    static async Task Wait(Func<bool> condition, string what)
    {
        for (var started = Clock.Now; !condition(); await Task.Delay(5))
            if (Clock.Ms(started, Clock.Now) > Patience.Usual.TotalMilliseconds) throw new TimeoutException($"waited {Patience.Usual.TotalSeconds} s for {what}");
    }
}
