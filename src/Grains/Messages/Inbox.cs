namespace CallCenter.Grains.Messages;

/// <summary>What to do with a message.</summary>
enum Intake
{
    /// <summary>Take it in.</summary>
    New,

    /// <summary>It was taken in before.</summary>
    Repeated,

    /// <summary>One before it is missing (its receiver crashed before the commit): not now, its sender repeats from the first unacknowledged one.</summary>
    Early,

    /// <summary>An earlier start of its sender speaks.</summary>
    Stale,
}

/// <summary>
/// What one grain has heard, from whom. Numbered messages are taken in once and without gaps, whatever the link drops, repeats
/// or reorders; a number counts as stored when the entry that carries it is committed, and only then is it acknowledged.
/// Messages without a number (0) always pass.
/// </summary>
sealed class Inbox
{
    readonly Dictionary<(SenderKind, string), Seat> seats = [];
    readonly List<Seat> risen = [], due = [];
    int generation, underWay;

    /// <summary>Goes on from what the journal remembers.</summary>
    public void Resume(Items<Heard> heard)
    {
        foreach (var (from, upTo) in heard) seats[(from.Kind, from.Key)] = new(from) { Taken = upTo, Stored = upTo };
    }

    public Intake Take(Sender from, long number)
    {
        if (number == 0) return Intake.New;
        var seat = SeatOf(from);
        if (seat is null) return Intake.Stale;
        seat.Generation = generation;
        if (number > seat.Taken + 1) return Intake.Early;
        if (!seat.Due)
        {
            seat.Due = true; // a repeated one too: its acknowledgement may have been lost
            due.Add(seat);
        }
        if (number <= seat.Taken)
        {
            seat.Again = true;
            return Intake.Repeated;
        }
        seat.Taken = number;
        if (!seat.Risen)
        {
            seat.Risen = true;
            risen.Add(seat);
        }
        return Intake.New;
    }

    /// <summary>The sender has our acknowledgement up to this number, from an activation before this one: what is not remembered of it had no consequence.</summary>
    public void Settle(Sender from, long upTo)
    {
        if (upTo > 0 && SeatOf(from) is { } seat && upTo > seat.Taken) seat.Taken = seat.Stored = upTo;
    }

    /// <summary>Who was heard in this turn, for the entry that the turn appends; not acknowledged until <see cref="Stored"/>.</summary>
    public Items<Heard> Heard()
    {
        underWay++;
        if (risen.Count == 0) return [];
        var heard = new Heard[risen.Count];
        for (var i = 0; i < heard.Length; i++)
        {
            risen[i].Pending++;
            heard[i] = new(risen[i].From, risen[i].Taken);
        }
        return Items.Owning(heard);
    }

    /// <summary>An entry is committed.</summary>
    public void Stored(Items<Heard> heard)
    {
        underWay--;
        foreach (var (from, upTo) in heard)
        {
            if (!seats.TryGetValue((from.Kind, from.Key), out var seat) || seat.From.Epoch != from.Epoch) continue;
            seat.Pending--;
            seat.Stored = long.Max(seat.Stored, upTo);
            if (seat.Due) continue;
            seat.Due = true;
            due.Add(seat);
        }
    }

    /// <summary>
    /// Ends a turn, or follows a commit: acknowledges up to what is stored. What was heard without consequence is stored with
    /// nothing, once every entry before it is committed: that it meant nothing may rest on one of them.
    /// </summary>
    public void Acknowledge(Action<Sender, long> acknowledge)
    {
        foreach (var seat in risen) seat.Risen = false;
        risen.Clear();
        var kept = 0;
        for (var i = 0; i < due.Count; i++)
        {
            var seat = due[i];
            if (seat.Pending == 0 && underWay == 0) seat.Stored = seat.Taken;
            if (seat.Pending == 0 && seat.Stored < seat.Taken)
            {
                due[kept++] = seat;
                continue;
            }
            seat.Due = false;
            if (seat.Stored == seat.Told && !seat.Again) continue; // it knows
            (seat.Told, seat.Again) = (seat.Stored, false);
            if (seat.Stored > 0) acknowledge(seat.From, seat.Stored);
        }
        due.RemoveRange(kept, due.Count - kept);
    }

    /// <summary>
    /// All that is known, for a snapshot. Who was not heard since the snapshot before the last is forgotten: for an agent that
    /// is a call of more than fifty calls ago.
    /// </summary>
    public Items<Heard> Carry()
    {
        generation++;
        foreach (var (key, seat) in seats)
            if (seat.Generation < generation - 2 && seat.Pending == 0) seats.Remove(key);
        return seats.Values.Where(s => s.Taken > 0).Select(s => new Heard(s.From, s.Taken)).ToItems();
    }

    Seat? SeatOf(Sender from)
    {
        var key = (from.Kind, from.Key);
        if (!seats.TryGetValue(key, out var seat) || seat.From.Epoch < from.Epoch) return seats[key] = new(from);
        return seat.From.Epoch == from.Epoch ? seat : null;
    }

    sealed class Seat(Sender from)
    {
        public readonly Sender From = from;
        public long Taken, Stored;

        /// <summary>Acknowledged last.</summary>
        public long Told;

        /// <summary>Entries under way that carry this sender.</summary>
        public int Pending;

        /// <summary>Of the snapshot before which it was heard last.</summary>
        public int Generation;

        public bool Risen, Due;

        /// <summary>It told something twice: an acknowledgement may have been lost.</summary>
        public bool Again;
    }
}
