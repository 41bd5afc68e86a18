using System.Globalization;
using System.Net;
using System.Text;
using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;
using CallCenter.Sip.Transport;

namespace CallCenter.Fuzz;

/// <summary>A user agent that takes every call, on a loop whose clock runs 20 ms a message.</summary>
sealed class SipFuzzTarget : SipTransport, IAgentUser, ICallUser, IDisposable
{
    readonly FastClock clock = new();
    readonly SipLoop loop;
    readonly UserAgent agent;
    readonly List<Call> calls = [];
    readonly Random random = new(4475); // on the loop, which the fuzzer waits for
    readonly IPEndPoint peer = new(IPAddress.Parse("192.0.2.9"), 5060);
    (string CallId, string Local, string Remote)[] known = [];
    uint number = 100;

    public SipFuzzTarget()
    {
        loop = new(clock, Faults.Add);
        var rules = new UasRules([SipMethod.Invite, SipMethod.Ack, SipMethod.Bye, SipMethod.Cancel, SipMethod.Options, SipMethod.Register, SipMethod.Info, SipMethod.Update], ["timer", "100rel"], ["application/sdp"]);
        agent = new(loop, SipTimers.Rfc, new(1), rules, this);
        loop.Start();
    }

    public List<Exception> Faults { get; } = [];
    /// <summary>Requests that parsed and named a live dialog.</summary>
    public int ReachedDialog { get; private set; }

    /// <summary>Transactions, dialogs and timers that outlived the end.</summary>
    public int Left { get; private set; }

    public override string ViaName => "UDP";
    public override bool IsReliable => false;
    public override ReadOnlyMemory<byte> SentBy { get; } = "192.0.2.1:5060"u8.ToArray();
    public override bool TrySend(ReadOnlySpan<byte> message, IPEndPoint to) => random.Next(1000) != 0;

    /// <summary>Fills a seed in with a live dialog's names, where there is one.</summary>
    public byte[] Dress(byte[] seed, Random pick)
    {
        if (seed.AsSpan().IndexOf((byte)'$') < 0) return seed;
        var dialog = known.Length > 0 ? known[pick.Next(known.Length)] : ("none", "none", "none");
        var fresh = pick.Next().ToString("x", null);
        var text = new StringBuilder(Encoding.UTF8.GetString(seed));
        var inside = seed.AsSpan().IndexOf("$t"u8) >= 0;
        text.Replace("$c", inside ? dialog.Item1 : fresh).Replace("$t", $";tag={dialog.Item2}").Replace("$r", inside ? dialog.Item3 : $"r{fresh}");
        return Encoding.UTF8.GetBytes(text.Replace("$n", (number++).ToString(CultureInfo.InvariantCulture)).Replace("$b", fresh).ToString());
    }

    /// <summary>Begins calls with clean INVITEs where the mutated messages have ended too many, so that there are dialogs to reach.</summary>
    public void KeepCallsUp()
    {
        for (var i = known.Length; i < 8; i++) Receive(Dress(SipSeeds.Invite, random));
    }

    public void Receive(byte[] message) => OnLoop(() =>
    {
        clock.Advance(TimeSpan.FromMilliseconds(20));
        if (SipParser.TryParse(message, out var parsed, out _) && parsed is SipRequest request && calls.Exists(c => c.Dialog!.Id == DialogId.Of(request))) ReachedDialog++;
        agent.Endpoint.OnDatagram(message, new(this, peer));
        known = [.. calls.TakeLast(8).Select(c => c.Dialog!.Id).Select(id => (id.CallId, id.LocalTag, id.RemoteTag))];
        if (calls.Count > 200) calls[0].HangUp();
    });

    public void Finish()
    {
        OnLoop(() =>
        {
            foreach (var call in calls.ToArray()) call.HangUp();
        });
        for (var i = 0; i < 1_000; i++) OnLoop(() => clock.Advance(TimeSpan.FromMilliseconds(200)));
        OnLoop(() => Left = agent.Dialogs + agent.Endpoint.Transactions + loop.Timers);
        known = [];
    }

    /// <summary>Runs on the loop and waits, so that messages come one by one.</summary>
    void OnLoop(Action act)
    {
        using var done = new ManualResetEventSlim();
        loop.Post(() =>
        {
            try
            {
                act();
            }
            finally
            {
                done.Set();
            }
        });
        done.Wait();
    }

    public void OnInvite(ServerTransaction transaction, SipRequest invite)
    {
        if (agent.Take(transaction, this) is not { } call) return;
        calls.Add(call);
        if (random.Next(3) == 0) call.Progress(180);
        else call.Accept("v=0\r\n"u8);
    }

    public void OnRequest(ServerTransaction transaction, SipRequest request)
    {
        if (request.Method != SipMethod.Register) transaction.Respond(200);
        else
        {
            var step = Registrar.Apply(request, [], RegistrarLimits.Usual, clock.GetUtcNow());
            transaction.Respond(step.Status, Registrar.Complete(transaction.Answer(step.Status, step.Reason), step, RegistrarLimits.Usual, clock.GetUtcNow()).Finish());
        }
    }

    public void OnCancelled(ServerTransaction invite) { }
    public void OnProgress(Call call, SipResponse response) { }
    public void OnAnswered(Call call, SipResponse response) { }
    public void OnAcknowledged(Call call, SipRequest ack) { }
    public void OnOfferAnswered(Call call, SipResponse? response) { }

    public void OnOffer(Call call, ServerTransaction transaction, SipRequest request) => call.AcceptOffer(transaction, "v=0\r\n"u8);
    public void OnRequest(Call call, ServerTransaction transaction, SipRequest request) => transaction.Respond(200);
    public void OnEnded(Call call, CallEnd end) => calls.Remove(call);

    public void Dispose() => loop.Dispose();

    sealed class FastClock : TimeProvider
    {
        static readonly DateTimeOffset Begin = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
        public override long GetTimestamp() => Volatile.Read(ref ticks);
        public override DateTimeOffset GetUtcNow() => Begin.AddTicks(GetTimestamp());
        public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
    }
}
