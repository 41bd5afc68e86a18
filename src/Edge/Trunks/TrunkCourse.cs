using System.Text;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;
using CallCenter.Sip.Transport;

namespace CallCenter.Edge.Trunks;

/// <summary>One trunk: what it answers to our questions, and what becomes of the calls over it. Lives on the loop.</summary>
sealed class TrunkCourse(EdgeCore edge, string name, Action changed)
{
    /// <summary>Who says nothing to four questions' worth of time (500 ms, 1 s, 2 s …) is not there, as a call sees it too.</summary>
    static readonly TimeSpan SilenceAllowed = TimeSpan.FromSeconds(4);

    /// <summary>Who answers is asked so often; who did not, at each look.</summary>
    static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);
    const int MostRemembered = 2000;

    readonly Queue<(DateTimeOffset At, LegFailure Why, int Status)> failures = new();
    string? target;
    Question? open;
    TrunkState state;
    DateTimeOffset? answeredAt;
    TimeSpan roundTrip, askedAt;
    int status, calls;

    /// <summary>Asks if it is time, unless a question is open.</summary>
    /// <param name="now">It is time.</param>
    public void Ask(string where, bool now)
    {
        if (where != target) (target, open, state) = (where, null, TrunkState.Unasked);
        if (open is not null || (!now && state == TrunkState.Up && edge.Loop.Now - askedAt < Every)) return;
        askedAt = edge.Loop.Now;
        _ = Send(open = new(this));
    }

    /// <summary>It does not want to be asked any more.</summary>
    public void Forget() => (target, open, state) = (null, null, TrunkState.Unasked);

    async Task Send(Question question)
    {
        var place = await TrunkPlace.Of(edge, target!);
        if (!ReferenceEquals(open, question)) return;
        if (place is null)
        {
            Decide(TrunkState.Down, 503);
            return;
        }
        var (endpoint, flow) = (edge.Agent.Endpoint, edge.Udp.To(place));
        var uri = $"sip:{target}";
        var writer = endpoint.Request(SipMethod.Options, Encoding.ASCII.GetBytes(uri), flow)
            .Header(HeaderName.From, AddressText.NameAddr("", $"sip:{edge.Udp.Host}", endpoint.Tokens.Tag())).Header(HeaderName.To, AddressText.NameAddr("", uri))
            .Header(HeaderName.CallId, endpoint.Tokens.CallId()).CSeq(1, SipMethod.Options);
        question.SentAt = edge.Loop.Now;
        question.Silence = edge.Loop.Schedule(SilenceAllowed, () => Answered(question, 408));
        endpoint.Send(writer.FinishRequest(), flow, question);
    }

    /// <summary>Whatever it says, it is there (RFC 3261 §11.2); but for who says that it takes nothing.</summary>
    void Answered(Question question, int said)
    {
        if (!ReferenceEquals(open, question)) return;
        if (question.Silence is { } silence) edge.Loop.Stop(silence);
        var there = said is not (408 or 503);
        if (there) (answeredAt, roundTrip) = (edge.Now, edge.Loop.Now - question.SentAt);
        Decide(there ? TrunkState.Up : TrunkState.Down, said);
    }

    void Decide(TrunkState now, int said)
    {
        open = null;
        status = said;
        var turned = now != state;
        state = now;
        if (!turned) return;
        if (state == TrunkState.Down) edge.Log.TrunkDown(name, said);
        else edge.Log.TrunkUp(name, (long)roundTrip.TotalMilliseconds);
        changed();
    }

    public void Began() => calls++;

    /// <param name="vain">Null: the leg was picked up, or was the far end's own.</param>
    public void Ended(NotPickedUp? vain)
    {
        calls--;
        if (vain is null or { Why: LegFailure.Withdrawn }) return;
        failures.Enqueue((edge.Now, vain.Why, vain.SipStatus));
        Trim();
        if (vain.Why == LegFailure.Unreachable && target is { } where) Ask(where, now: true); // it may be gone: we need not wait to know
    }

    void Trim()
    {
        while (failures.Count > MostRemembered || (failures.TryPeek(out var first) && edge.Now - first.At > Remembered)) failures.Dequeue();
    }

    public TrunkReport Report()
    {
        Trim();
        var counted = failures.GroupBy(one => (one.Why, one.Status)).Select(group => new TrunkFailure(group.Key.Why, group.Key.Status, group.Count())).ToItems();
        return new(name, state, answeredAt, (int)roundTrip.TotalMilliseconds, status, calls, counted);
    }

    /// <summary>One OPTIONS; what comes after its time concerns nobody.</summary>
    sealed class Question(TrunkCourse course) : IClientUser
    {
        public TimeSpan SentAt { get; set; }
        public LoopTimer? Silence { get; set; }

        public void OnResponse(ClientTransaction transaction, SipResponse response)
        {
            if (!response.IsProvisional) course.Answered(this, response.Status);
        }

        public void OnFailed(ClientTransaction transaction, TransactionFailure failure) => course.Answered(this, 408);
    }
}
