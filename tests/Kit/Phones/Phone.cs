using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using System.Threading.Channels;
using CallCenter.Kit.Media;
using CallCenter.Kit.Sip;
using CallCenter.Kit.Time;
using CallCenter.Media.Codecs;
using CallCenter.Sip.Auth;
using CallCenter.Sip.Messages;

namespace CallCenter.Kit.Phones;

/// <summary>
/// A SIP phone with exact clocks and an ear: an extension that registers, or a trunk that calls from its address. It
/// retransmits as RFC 3261 asks, and loses packets if told to. It is simple on purpose: no dialog code of the product.
/// </summary>
public sealed class Phone : IAsyncDisposable
{
    static readonly TimeSpan T1 = TimeSpan.FromMilliseconds(500), T2 = TimeSpan.FromSeconds(4);

    readonly ScriptedSipPeer peer;
    readonly Task pumping;
    readonly CancellationTokenSource stop = new();
    readonly ConcurrentDictionary<string, PhoneCall> calls = new();
    readonly ConcurrentDictionary<string, Asked> asked = new();
    readonly ConcurrentDictionary<string, string> answered = new();
    readonly Channel<PhoneCall> ringing = Channel.CreateUnbounded<PhoneCall>();
    readonly Random dice;
    uint registrations;
    bool isRegistered, isGone;
    volatile Exception? deaf;

    /// <param name="user">The extension, or the caller's number.</param>
    /// <param name="domain">The tenant's domain; null for a caller from the trunk's address.</param>
    /// <param name="lossPercent">Of the packets in each direction.</param>
    /// <param name="port">Its own SIP port; 0 = any.</param>
    public Phone(IPEndPoint edge, string user, string? domain, string password = "demo", AudioCodec codec = AudioCodec.Pcmu, int lossPercent = 0, int seed = 1, int port = 0)
    {
        (User, Codec, Password, dice, LossPercent) = (user, codec, password, new(seed), lossPercent);
        peer = new(edge, port) { Patience = Timeout.InfiniteTimeSpan, Loses = _ => Unlucky() };
        Domain = domain ?? peer.Local.Address.ToString();
        IsTrunk = domain is null;
        pumping = Pump();
    }

    public string User { get; }
    public string Domain { get; }
    public string Password { get; }
    public bool IsTrunk { get; }
    public AudioCodec Codec { get; }
    public int LossPercent { get; }
    public IPEndPoint Edge => peer.Server;
    public IPEndPoint Local => peer.Local;
    public string Aor => IsTrunk ? $"sip:{User}@{peer.Local}" : $"sip:{User}@{Domain}";

    /// <summary>False: it offers no telephone-event, so that its keys come as tones or by INFO.</summary>
    public bool HasEvents { get; init; } = true;

    /// <summary>Stands in the way of its audio; null: it speaks and listens itself.</summary>
    public ISdpWay? Way { get; init; }

    /// <summary>What it answers a new INVITE by itself: 180 to ring; a refusal such as 486; 0 for no answer at all.</summary>
    public int Reflex { get; set; } = 180;

    /// <summary>Everything that came.</summary>
    public IReadOnlyList<SipMessage> Seen => peer.Seen;

    public async Task Register(int expires = 3600)
    {
        var answer = await TryRegister(Password, expires);
        if (answer.Status != 200) throw new InvalidOperationException($"{Aor} was not registered: {answer.Status} {answer.Reason}");
        isRegistered = expires > 0;
    }

    public Task Unregister() => Register(0);

    /// <summary>Once it is disposed of, it is as if its cable had been pulled: it takes no leave.</summary>
    public void PullCable() => (isRegistered, isGone) = (false, true);

    /// <summary>Registers and answers one challenge; the last answer.</summary>
    public async Task<SipResponse> TryRegister(string password, int expires = 3600, string? contact = null)
    {
        var id = $"reg-{User}-{Guid.NewGuid():n}";
        string Build(string more) => peer.Request("REGISTER", $"sip:{Domain}", $"<{Aor}>;tag=r{registrations}", $"<{Aor}>", id, ++registrations, $"Expires: {expires}\r\n{more}");
        var first = await Transact(Build(""));
        if (first.Status is not (401 or 407)) return first;
        return await Transact(Build(Credentials(first, "REGISTER"u8, $"sip:{Domain}", password)));
    }

    /// <summary>Any request outside a call, with credentials if it is challenged; the final answer.</summary>
    /// <param name="method">As it goes on the wire, known or not.</param>
    public async Task<SipResponse> Ask(string method, string user)
    {
        var (uri, id) = ($"sip:{user}@{Domain}", $"ask-{Guid.NewGuid():n}");
        return await Transact(peer.Request(method, uri, $"<{Aor}>;tag=a1", $"<{uri}>", id, 1));
    }

    /// <summary>Calls a number; the call goes on by itself up to its final answer.</summary>
    /// <param name="codecs">Offered; the phone's own by default.</param>
    public PhoneCall Dial(string number, params AudioCodec[] codecs)
    {
        if (codecs.Length == 0) codecs = [Codec];
        var call = Leave(number, codecs[0]);
        var offer = SdpText.Of(call.Ear.Local, codecs);
        call.Invite(HasEvents ? offer : SdpText.WithoutEvents(offer));
        return call;
    }

    /// <summary>Calls a number for somebody who speaks for himself: a page in a browser.</summary>
    /// <param name="answers">His answer to an offer that comes later.</param>
    public PhoneCall Dial(string number, string offer, Func<string, Task<string>> answers)
    {
        var call = Leave(number, Codec);
        call.Answers = answers;
        call.Invite(offer);
        return call;
    }

    PhoneCall Leave(string number, AudioCodec codec)
    {
        var call = new PhoneCall(this, $"call-{Guid.NewGuid():n}", IsTrunk ? $"sip:{number}@{Edge}" : $"sip:{number}@{Domain}", codec);
        return calls[call.Id] = call;
    }

    /// <summary>The next call that rings here.</summary>
    public async Task<PhoneCall> Rings(TimeSpan? within = null)
    {
        using var limit = new CancellationTokenSource(within ?? Patience.Usual);
        try
        {
            return await ringing.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{Aor} did not ring; it saw: {string.Join(" | ", FirstLines())}");
        }
    }

    /// <summary>A call that rings here already.</summary>
    public bool TryRing([NotNullWhen(true)] out PhoneCall? call) => ringing.Reader.TryRead(out call);

    /// <summary>True if no call comes within the time.</summary>
    public async Task<bool> StaysQuiet(TimeSpan time)
    {
        using var limit = new CancellationTokenSource(time);
        try
        {
            await ringing.Reader.WaitToReadAsync(limit.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    /// <summary>Hangs up and takes the registration back, so that the next test finds nobody of this one.</summary>
    public async ValueTask DisposeAsync()
    {
        var live = isGone ? [] : calls.Values.Where(c => !c.HasEnded && c.AnsweredAt != 0);
        await Task.WhenAll(live.Select(c => Heard(c.HangUp(), c.Id)));
        if (isRegistered) await Heard(Unregister());
        await stop.CancelAsync();
        await peer.DisposeAsync();
        await pumping;
        foreach (var call in calls.Values) call.Dispose();
        stop.Dispose();
    }

    /// <summary>Waits for a leave to be answered: through every stall of the other side, but not where nobody is left to answer.</summary>
    async Task Heard(Task leave, string callId = "")
    {
        await Task.WhenAny(leave, Task.Delay(TimeSpan.FromSeconds(1)));
        if (!leave.IsCompleted && peer.IsHeard(callId)) await Task.WhenAny(leave, Task.Delay(TimeSpan.FromSeconds(14)));
    }

    /// <summary>When a message came here (ns).</summary>
    internal long At(SipMessage message) => peer.At(message);

    internal string Contact => $"<sip:{User}@{peer.Local}>";

    internal string NewBranch() => peer.NewBranch();

    internal string Request(string method, string uri, string from, string to, string id, uint number, string headers, string body, string branch) =>
        peer.Request(method, uri, from, to, id, number, headers, body, branch);

    internal string Response(SipRequest to, int status, string tag, string body = "") => peer.Response(to, status, tag, body: body);

    internal async Task Send(string message)
    {
        if (!Unlucky() && !stop.IsCancellationRequested) await peer.Send(message);
    }

    /// <summary>Sends an answer, and again whenever the request comes again.</summary>
    internal Task Answer(SipRequest request, string response)
    {
        answered[Key(request)] = response;
        return Send(response);
    }

    /// <summary>Sends a request until it is answered (RFC 3261 §17.1); the final answer. Fails after 32 s, saying what came meanwhile.</summary>
    /// <param name="due">The instant at which this is said to have left (ns); 0 where nobody asks.</param>
    internal async Task<SipResponse> Transact(string request, long due = 0)
    {
        if (deaf is { } fault) throw new InvalidOperationException($"{Aor} hears nothing any more", fault);
        var ask = asked[$"{Between(request, "branch=", ";")} {Between(request, "\r\nCSeq: ", "\r").Split(' ')[1]}"] = new Asked(); // a CANCEL has the branch of its INVITE
        var (before, began, wait) = (FirstLines().Length, Stopwatch.GetTimestamp(), T1);
        for (var left = 64 * T1; left > TimeSpan.Zero && !ask.Final.Task.IsCompleted; left = 64 * T1 - Stopwatch.GetElapsedTime(began))
        {
            if (!ask.Provisional.Task.IsCompleted) await Send(request);
            if (due != 0) Standstill.Note(due, Clock.Now);
            due = 0;
            await Task.WhenAny(ask.Final.Task, Task.Delay(wait < left ? wait : left, stop.Token));
            wait = request.StartsWith("INVITE", StringComparison.Ordinal) || 2 * wait < T2 ? 2 * wait : T2;
            if (stop.IsCancellationRequested) break;
        }
        return ask.Final.Task.IsCompleted ? await ask.Final.Task : throw new TimeoutException($"{Aor}: no answer to {FirstLine(request)}; {peer.Local} saw: {string.Join(" | ", FirstLines()[before..])}");
    }

    internal string Credentials(SipResponse challenge, ReadOnlySpan<byte> method, string uri, string password)
    {
        if (!DigestClient.TryAnswer(challenge, method, uri, new(User, password), "c0ffee", 1, out var header, out var value)) throw new InvalidDataException($"{challenge.Status} without a challenge that can be answered");
        return $"{Encoding.ASCII.GetString(header.Text())}: {value}\r\n";
    }

    bool Unlucky()
    {
        if (LossPercent == 0) return false;
        lock (dice) return dice.Next(100) < LossPercent;
    }

    string[] FirstLines()
    {
        lock (peer.Seen) return [.. peer.Seen.Select(m => FirstLine(m.ToString()))];
    }

    static string FirstLine(string message) => message[..message.IndexOf('\r', StringComparison.Ordinal)];

    async Task Pump()
    {
        try
        {
            while (true)
            {
                var message = await peer.Expect(_ => true, "anything");
                if (message is SipRequest request) await Take(request);
                else await Take((SipResponse)message);
            }
        }
        catch (ChannelClosedException) when (stop.IsCancellationRequested)
        {
            ringing.Writer.TryComplete();
        }
        catch (Exception fault)
        {
            deaf = fault;
            ringing.Writer.TryComplete(fault);
            foreach (var call in calls.Values) call.Fail(fault);
            foreach (var ask in asked.Values) ask.Final.TrySetException(fault);
        }
    }

    async Task Take(SipResponse response)
    {
        if (response.CSeq.Method == SipMethod.Invite && response.Status >= 200 && calls.TryGetValue(response.CallIdText, out var call)) await call.Acknowledge(response);
        if (!asked.TryGetValue($"{Encoding.ASCII.GetString(response.Via.Branch)} {CSeqMethod(response)}", out var ask)) return;
        ask.Provisional.TrySetResult();
        if (response.Status >= 200) ask.Final.TrySetResult(response);
    }

    async Task Take(SipRequest request)
    {
        if (request.Method != SipMethod.Ack && answered.TryGetValue(Key(request), out var before)) await Send(before);
        else if (calls.TryGetValue(request.CallIdText, out var call)) await call.Take(request);
        else if (request.Method == SipMethod.Invite) await TakeCall(request);
        else if (request.Method != SipMethod.Ack) await Answer(request, Response(request, request.Method == SipMethod.Options ? 200 : 481, "none"));
    }

    async Task TakeCall(SipRequest invite)
    {
        var call = calls[invite.CallIdText] = new PhoneCall(this, invite, Codec);
        if (Reflex != 0) await Answer(invite, Response(invite, Reflex, call.LocalTag));
        ringing.Writer.TryWrite(call);
    }

    static string CSeqMethod(SipMessage message) => message.Text(HeaderName.CSeq).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1];

    static string Key(SipRequest request) => $"{Encoding.ASCII.GetString(request.Via.Branch)} {request.Method}";

    static string Between(string text, string before, string after)
    {
        var from = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return text[from..text.IndexOf(after, from, StringComparison.Ordinal)];
    }

    sealed class Asked
    {
        public readonly TaskCompletionSource Provisional = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public readonly TaskCompletionSource<SipResponse> Final = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
