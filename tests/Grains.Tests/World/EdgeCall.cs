namespace CallCenter.Grains.Tests.World;

/// <summary>A leg as the scripted edge knows it.</summary>
sealed class EdgeLeg(string id)
{
    public string Id => id;
    public string? Station { get; init; }
    public bool Lives { get; set; } = true;
    public bool Answered { get; set; }
}

/// <summary>One call at the scripted edge: its legs, and the letters that it keeps until they are acknowledged. Used under the edge's lock.</summary>
sealed class EdgeCall(CallId id, TestClock clock, Sender sender, Func<Letter<CallEvent>, Task> send)
{
    readonly List<Message<CallEvent>> kept = [];
    readonly HashSet<string> done = [];
    readonly Lock gate = new();
    long last, told, epoch;
    bool telling;

    /// <summary>Tracks that have ended, and are not kept yet.</summary>
    int unkept;

    public CallId Id => id;
    public Dictionary<string, EdgeLeg> Legs { get; } = [];
    public List<EdgeLeg> Bridged { get; private set; } = [];
    public string? Playing { get; private set; }

    public void Tell(CallEvent happened)
    {
        lock (gate)
        {
            kept.Add(new(++last, happened));
            if (telling) return;
            telling = true;
        }
        _ = TellKept();
    }

    public void Acknowledged(Ack ack)
    {
        lock (gate)
            if (ack.Epoch == sender.Epoch) kept.RemoveAll(m => m.Number <= ack.UpTo);
    }

    /// <summary>Every 2 s: what is not acknowledged is told again; living legs give a sign of life, and so does what is yet to be kept.</summary>
    public void Beat()
    {
        lock (gate)
        {
            if (telling) return;
            if (kept.Count > 0) told = kept[0].Number - 1;
            else if (!Legs.Values.Any(l => l.Lives) && unkept == 0) return;
            telling = true;
        }
        _ = TellKept();
    }

    async Task TellKept()
    {
        while (true)
        {
            Letter<CallEvent> letter;
            lock (gate)
            {
                var untold = kept.Where(m => m.Number > told).ToItems();
                if (untold.IsEmpty) untold = Legs.Values.Where(l => l.Lives).Select(l => new Message<CallEvent>(0, new StillThere(clock.GetUtcNow(), new(l.Id)))).ToItems();
                letter = new(sender, untold, kept.Count > 0 ? kept[0].Number - 1 : last);
                if (untold.IsEmpty && unkept == 0)
                {
                    telling = false;
                    return;
                }
            }
            try
            {
                await send(letter);
            }
            catch (Exception)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), clock);
                continue;
            }
            lock (gate)
            {
                if (!letter.Messages.IsEmpty) told = long.Max(told, letter.Messages[^1].Number);
                if (kept.TrueForAll(m => m.Number <= told))
                {
                    telling = false;
                    return;
                }
            }
        }
    }

    /// <summary>Refuses an older activation of the call.</summary>
    public bool Obeys(long activation)
    {
        if (activation < epoch) return false;
        epoch = activation;
        return true;
    }

    public bool IsNew(EdgeCommand command) => command switch
    {
        PlayToLeg p => done.Add($"play {p.Play}"),
        RingNumber r => Over(r.Leg) || done.Add($"ring {r.Leg}"),
        RingStation r => Over(r.Leg) || done.Add($"ring {r.Leg}"),
        HangUpLeg h => Over(h.Leg) || done.Add(command.ToString()),
        StartTrack r => done.Add($"start {r.Track}"),
        StopTrack r => done.Add($"stop {r.Track}"),
        SetRoom => true,
        _ => done.Add(command.ToString()),
    };

    /// <summary>A leg that is over: its end is told again to a call that does not seem to know.</summary>
    bool Over(LegId leg) => Legs.TryGetValue(leg.Value, out var known) && !known.Lives;

    public void Do(EdgeCommand command, Dictionary<string, PhoneHabit> phones, TimeSpan pickUpTime, TimeSpan keepingTime)
    {
        switch (command)
        {
            case RingStation c when Over(c.Leg): TellEnd(c.Leg); break;
            case RingNumber c when Over(c.Leg): TellEnd(c.Leg); break;
            case HangUpLeg c when Over(c.Leg): TellEnd(c.Leg); break;
            case RingNumber number:
                Legs[number.Leg.Value] = new(number.Leg.Value);
                Tell(new Alerting(clock.GetUtcNow(), number.Leg));
                Later(pickUpTime, () => PickUp(Legs[number.Leg.Value], number.Leg));
                break;
            case RingStation ring: Ring(ring, phones.GetValueOrDefault(ring.Station), pickUpTime); break;
            case AnswerLeg c when Living(c.Leg) is { } leg:
                leg.Answered = true;
                Tell(new Answered(clock.GetUtcNow(), c.Leg));
                break;
            case PlayToLeg play when Living(play.Leg) is not null: Play(play); break;
            case RejectLeg c when Living(c.Leg) is { } leg: End(leg, LegEndedBy.Us, c.SipStatus); break;
            case HangUpLeg c when Living(c.Leg) is { } leg: End(leg, LegEndedBy.Us); break;
            case HangUpLeg c when !Legs.ContainsKey(c.Leg.Value): Tell(new HungUp(clock.GetUtcNow(), c.Leg, LegEndedBy.Edge, 0, 0)); break;
            case StopTrack c when keepingTime > TimeSpan.Zero:
                lock (gate) unkept++;
                Later(keepingTime, () => Keep(c));
                break;
            case StopTrack c: TellKept(c); break;
            case SetRoom { Room.Value: "main" } room: Bridged = room.Members.Select(m => Legs[m.Leg.Value]).ToList(); break;
        }
    }

    void Keep(StopTrack of)
    {
        lock (gate) unkept--;
        TellKept(of);
    }

    void TellKept(StopTrack of) => Tell(new TrackKept(clock.GetUtcNow(), of.Recording, of.Track, 1, 0, "ab"));

    public void End(EdgeLeg leg, LegEndedBy by, int status = 0)
    {
        if (!leg.Lives) return;
        leg.Lives = false;
        Tell(new HungUp(clock.GetUtcNow(), new(leg.Id), by, status, 0));
    }

    void TellEnd(LegId leg) => Tell(new HungUp(clock.GetUtcNow(), leg, LegEndedBy.Us, 0, 0));

    EdgeLeg? Living(LegId leg) => Legs.TryGetValue(leg.Value, out var known) && known.Lives ? known : null;

    void Play(PlayToLeg play)
    {
        Playing = play.Play;
        if (!play.Once.IsEmpty) Later(TimeSpan.FromSeconds(1), () => Tell(new PlayEnded(clock.GetUtcNow(), play.Leg, play.Play)));
    }

    void Ring(RingStation ring, PhoneHabit habit, TimeSpan pickUpTime)
    {
        var leg = Legs[ring.Leg.Value] = new(ring.Leg.Value) { Station = ring.Station };
        if (habit is PhoneHabit.Rejects or PhoneHabit.IsBusy or PhoneHabit.IsUnreachable)
        {
            leg.Lives = false;
            Tell(new NotPickedUp(clock.GetUtcNow(), ring.Leg, habit switch { PhoneHabit.Rejects => LegFailure.Rejected, PhoneHabit.IsBusy => LegFailure.Busy, _ => LegFailure.Unreachable }, 480));
            return;
        }
        Tell(new Alerting(clock.GetUtcNow(), ring.Leg));
        if (habit == PhoneHabit.Answers) Later(pickUpTime, () => PickUp(leg, ring.Leg));
        else Later(ring.Until - clock.GetUtcNow(), () => GiveUp(leg, ring.Leg));
    }

    void PickUp(EdgeLeg leg, LegId id)
    {
        if (!leg.Lives) return;
        leg.Answered = true;
        Tell(new PickedUp(clock.GetUtcNow(), id));
    }

    void GiveUp(EdgeLeg leg, LegId id)
    {
        if (!leg.Lives || leg.Answered) return;
        leg.Lives = false;
        Tell(new NotPickedUp(clock.GetUtcNow(), id, LegFailure.NoAnswer, 408));
    }

    void Later(TimeSpan after, Action act) => clock.CreateTimer(static act => ((Action)act!)(), act, after < TimeSpan.Zero ? TimeSpan.Zero : after, Timeout.InfiniteTimeSpan);

    public override string ToString() => $"{id}: [{string.Join(", ", Legs.Values.Select(l => $"{l.Id}{(l.Lives ? l.Answered ? " talks" : " lives" : " over")}"))}] kept {kept.Count} told {told}/{last}";
}
