namespace CallCenter.Grains.Messages;

/// <summary>The way to one destination.</summary>
abstract class Lane(SenderKind kind, string key)
{
    /// <summary>A send that took so long has failed; its late success is harmless.</summary>
    public static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(5);

    /// <summary>What was taken in but not acknowledged after so long is told again: the receiver crashed before its commit.</summary>
    public static readonly TimeSpan AckPatience = TimeSpan.FromSeconds(1);

    /// <summary>Pauses after failures double from the first to the longest.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100), LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>Messages that are not owed beyond this number push out the oldest of them.</summary>
    public const int MostSoft = 32;

    public SenderKind Kind => kind;
    public string Key => key;

    /// <summary>The highest number given to a message.</summary>
    public abstract long LastNumber { get; }

    /// <summary>Nothing is in line, and nothing that only this lane knows: its destination can be spoken to by a new one.</summary>
    public abstract bool IsForgettable { get; }

    public abstract void Pump();
    public abstract void Acknowledge(long upTo);
    public abstract void Tick(DateTimeOffset now);
}

/// <summary>Messages of one type to one destination. Those not sent yet always stand behind those that were.</summary>
/// <param name="spoken">A lane before this one may have spoken to it, with numbers up to this one; all of them are settled.</param>
sealed class Lane<T>(Outbox box, SenderKind kind, string key, Func<Letter<T>, Task> send, bool settledByTaking, long spoken) : Lane(kind, key)
{
    enum Progress : byte { Waiting, Sending, Told }

    record struct Parcel(long Number, long Debt, T Body, Task? After, Progress Progress);

    readonly List<Parcel> line = [];
    readonly long before = spoken;
    long lastNumber = spoken;
    int attempt, soft, failures;
    bool sending, isDirty;
    DateTimeOffset sentAt, toldAt, pausedUntil;

    public override long LastNumber => lastNumber;
    public override bool IsForgettable => line.Count == 0 && !sending && !settledByTaking;

    /// <summary>Puts a message that is repeated until the receiver took it in.</summary>
    /// <param name="after">If given, it leaves only after this commit, and never if that fails.</param>
    public void Put(T body, Task? after = null)
    {
        if (++soft > MostSoft) DropOldestSoft();
        Add(new(0, 0, body, after, Progress.Waiting));
    }

    /// <summary>Puts an owed message: repeated until it is acknowledged, which pays the debt.</summary>
    /// <param name="debt">Its number among the owed effects of this subject, from 1.</param>
    public void Owe(T body, long debt, Task? after = null)
    {
        box.Owe(debt);
        Add(new(settledByTaking ? 0 : ++lastNumber, debt, body, after, Progress.Waiting));
    }

    public override void Pump()
    {
        isDirty = false;
        if (sending || pausedUntil > default(DateTimeOffset) || Collect() is not { IsEmpty: false } letter) return;
        sending = true;
        sentAt = box.Clock.GetUtcNow();
        box.Owner.WakeBy(sentAt + SendTimeout);
        _ = Send(new(box.Self, letter, Settled(), box.Rests), ++attempt);
    }

    public override void Acknowledge(long upTo)
    {
        var kept = 0;
        var paid = false;
        for (var i = 0; i < line.Count; i++)
        {
            if (line[i].Number is not 0 and var n && n <= upTo) paid |= box.Pay(line[i].Debt);
            else line[kept++] = line[i];
        }
        Shrink(kept);
        if (paid && box.IsSettled) box.Owner.Settled();
    }

    public override void Tick(DateTimeOffset now)
    {
        if (sending)
        {
            if (now - sentAt >= SendTimeout) Failed(null);
            else box.Owner.WakeBy(sentAt + SendTimeout);
            return;
        }
        if (pausedUntil > now)
        {
            box.Owner.WakeBy(pausedUntil);
            return;
        }
        pausedUntil = default;
        if (line.Count > 0 && line[0].Progress == Progress.Told)
        {
            if (now - toldAt >= AckPatience) ChangeAll(Progress.Told, Progress.Waiting);
            else box.Owner.WakeBy(toldAt + AckPatience);
        }
        Pump();
    }

    /// <summary>Sends at once what waits for its next try: the destination gave a sign of life.</summary>
    public void Hurry()
    {
        pausedUntil = default;
        Pump();
    }

    /// <summary>The destination is gone for good: whatever is owed to it is forgiven.</summary>
    public void Forgive()
    {
        attempt++;
        sending = false;
        pausedUntil = default;
        foreach (var parcel in line)
            if (parcel.Debt != 0) box.Pay(parcel.Debt);
        soft = 0;
        Shrink(0);
    }

    /// <summary>Up to here everything was acknowledged: what was not still stands in line.</summary>
    long Settled()
    {
        foreach (var parcel in line)
            if (parcel.Number != 0) return parcel.Number - 1;
        return lastNumber;
    }

    void Add(Parcel parcel)
    {
        line.Add(parcel);
        if (isDirty) return;
        isDirty = true;
        box.IsDirty(this);
    }

    Items<Message<T>> Collect()
    {
        var first = line.FindIndex(p => p.Progress == Progress.Waiting);
        if (first < 0) return [];
        var end = first;
        while (end < line.Count && line[end].After is null or { IsCompletedSuccessfully: true }) end++;
        if (end < line.Count) box.Hold(this);
        var letter = new Message<T>[end - first];
        for (var i = first; i < end; i++)
        {
            line[i] = line[i] with { Progress = Progress.Sending, After = null };
            letter[i - first] = new(line[i].Number, line[i].Body);
        }
        return Items.Owning(letter);
    }

    async Task Send(Letter<T> letter, int mine)
    {
        try
        {
            await send(letter);
        }
        catch (Exception fault) // whatever went wrong over there, the message is still to be told; the owner writes it down
        {
            if (mine == attempt) Failed(fault);
            return;
        }
        if (mine == attempt) Taken();
    }

    void Taken()
    {
        sending = false;
        failures = 0;
        var kept = 0;
        var (told, paid) = (false, false);
        for (var i = 0; i < line.Count; i++)
        {
            var parcel = line[i];
            if (parcel.Progress == Progress.Sending)
            {
                if (parcel.Debt == 0) soft--;
                if (parcel.Number == 0)
                {
                    if (parcel.Debt != 0) paid |= box.Pay(parcel.Debt);
                    continue;
                }
                parcel.Progress = Progress.Told;
                told = true;
            }
            line[kept++] = parcel;
        }
        if (told)
        {
            toldAt = box.Clock.GetUtcNow();
            box.Owner.WakeBy(toldAt + AckPatience);
        }
        Shrink(kept);
        Pump();
        if (paid && box.IsSettled) box.Owner.Settled();
    }

    void Failed(Exception? fault)
    {
        sending = false;
        attempt++;
        ChangeAll(Progress.Sending, Progress.Waiting);
        var pause = FirstPause * (1 << int.Min(failures++, 6));
        pausedUntil = box.Clock.GetUtcNow() + (pause < LongestPause ? pause : LongestPause);
        box.Owner.WakeBy(pausedUntil);
        box.Owner.NotReached(Key, fault);
    }

    void ChangeAll(Progress from, Progress to)
    {
        for (var i = 0; i < line.Count; i++)
            if (line[i].Progress == from) line[i] = line[i] with { Progress = to };
    }

    void DropOldestSoft()
    {
        var oldest = line.FindIndex(p => p.Debt == 0 && p.Progress == Progress.Waiting);
        if (oldest < 0) return;
        line.RemoveAt(oldest);
        soft--;
    }

    void Shrink(int kept)
    {
        line.RemoveRange(kept, line.Count - kept);
        if (line.Count == 0) box.IsEmpty(this, forget: lastNumber == before && !settledByTaking);
    }
}
