using CallCenter.Grains.Messages;

namespace CallCenter.Grains.Subjects;

/// <summary>What every grain with a journal needs.</summary>
sealed record SubjectPorts(IJournal Journal, TimeProvider Clock, Epochs Epochs, Meters Meters);

/// <summary>
/// The shell around a machine whose memory is the fold of its facts. Each turn: take in what is new, let the machine decide,
/// append facts and debts as one entry, send the effects. No turn waits for a commit: what must not leave before it stands in
/// the outbox behind it, and so does everything said later to the same destination. A commit that fails ends the activation;
/// the next one begins from what the journal has.
/// </summary>
abstract class SubjectGrain<TState, TEvent>(SubjectPorts ports, ILogger log) : Grain, IOutboxOwner where TEvent : class
{
    /// <summary>Between two rings of one deadline.</summary>
    static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);

    readonly Inbox inbox = new();
    readonly List<Fact> facts = [];
    readonly List<Effect> effects = [];
    Action<Sender, long>? acknowledge;
    Outbox? outbox;
    Alarm? alarm;
    Items<PersonalValue> personal;
    long entry, lastDebt, behind;
    bool awaits, closed, broken;
    DateTimeOffset quietUntil;

    protected TState State { get; private set; } = default!;
    protected Outbox Outbox => outbox!;
    protected TimeProvider Clock => ports.Clock;
    protected ILogger Log => log;
    protected Meters Meters => ports.Meters;
    protected string Key { get; private set; } = "";
    protected TenantId Owner { get; private set; }
    protected long Entry => entry;
    protected long LastDebt => lastDebt;

    /// <summary>The subject is closed: whatever is told is acknowledged and changes nothing.</summary>
    protected bool IsClosed => closed;

    /// <summary>False while nothing new ought to begin, since it could not be stored.</summary>
    protected bool MayBegin => ports.Journal.CanWrite;

    /// <summary>The last commit under way, or a completed task.</summary>
    protected Task LastCommit { get; private set; } = Task.CompletedTask;

    protected Subject Subject { get; private set; }

    /// <summary>Of the grain's key.</summary>
    protected abstract Subject SubjectOf(TenantId owner, string name);
    protected abstract SenderKind Kind { get; }
    protected abstract TState Nothing { get; }
    protected abstract string Machine { get; }

    protected abstract TState With(TState state, Fact fact);
    protected abstract TState After(TState state, Step step);

    /// <summary>The state with which a new activation begins.</summary>
    protected abstract TState Woken(TState state, DateTimeOffset now);
    protected abstract Step Next(TEvent happened);

    /// <summary>What was told, not ahead of our clock.</summary>
    protected abstract TEvent NotAfter(TEvent happened, DateTimeOffset now);
    protected abstract DateTimeOffset? Deadline { get; }
    protected abstract TEvent TimeUp(DateTimeOffset at);

    /// <summary>Puts an effect into its lane.</summary>
    /// <param name="debt">0 if it is not owed.</param>
    protected abstract void Send(Effect effect, long debt, Task? after);
    protected abstract Task Acknowledge(Sender sender, Ack ack);

    /// <summary>Whether the subject's last entry can be written now.</summary>
    protected virtual bool MayClose => false;

    /// <summary>
    /// Whoever hears its words promises nothing before what comes of them is stored: then they need not wait for its own entry, if the journal
    /// stores both in their order.
    /// </summary>
    protected virtual bool SpeaksAhead => false;

    /// <summary>False for a subject that has not begun: then nothing is written, and effects are not owed.</summary>
    protected virtual bool Exists => true;

    protected virtual Task<Folded<TState>> Snapshot(CancellationToken stop) => Task.FromResult(Folded<TState>.Empty(Nothing));

    /// <summary>An entry is committed.</summary>
    protected virtual void Committed(long number) { }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Key = this.GetPrimaryKeyString();
        Owner = GrainKeys.Owner(Key);
        Subject = SubjectOf(Owner, GrainKeys.Name(Key));
        outbox = new(ports.Clock, new(Kind, Key, ports.Epochs.Next()), this);
        alarm = new(this, ports.Clock, Ring);
        var folded = await Snapshot(cancellationToken);
        folded = folded.With((IEnumerable<JournalEntry>)await ports.Journal.ReadAfter(Subject, folded.Entry, cancellationToken), With);
        (entry, lastDebt, closed) = (folded.Entry, folded.LastDebt, folded.Closed);
        State = entry == 0 ? folded.State : Woken(folded.State, Now());
        inbox.Resume(folded.Heard);
        outbox.Resume(folded.PaidUpTo);
        foreach (var (number, effect) in folded.Owed)
            if (effect is UnknownEffect) outbox.Owe(number); // a newer program will pay it: until then the subject stays open
            else Send(effect, number, null);
        await Prepare(cancellationToken);
        EndTurn();
    }

    /// <summary>What an activation needs besides its facts.</summary>
    protected virtual Task Prepare(CancellationToken stop) => Task.CompletedTask;

    protected DateTimeOffset Now() => ports.Clock.GetUtcNow();

    /// <summary>Takes a letter in: a turn.</summary>
    protected void Hear(Letter<TEvent> letter)
    {
        RefuseIfBroken(); // before anything is taken in, and so acknowledged
        if (letter.Rests != 0 && letter.Rests != ports.Journal.Line) return; // something there was not stored: its sender says again what still holds
        behind = letter.Rests;
        try
        {
            inbox.Settle(letter.From, letter.Settled);
            foreach (var (number, body) in letter.Messages)
            {
                var intake = inbox.Take(letter.From, number);
                if (intake == Intake.New) Happen(NotAfter(body, Now()));
                else Meters.NotTakenIn(Machine, intake);
            }
        }
        finally
        {
            EndTurn();
        }
    }

    /// <summary>Something happened that no message told: a turn.</summary>
    protected void HappenAlone(TEvent happened)
    {
        Happen(happened);
        EndTurn();
    }

    protected static void Put<T>(Lane<T> lane, T body, long debt, Task? after)
    {
        if (debt == 0) lane.Put(body, after);
        else lane.Owe(body, debt, after);
    }

    /// <summary>Whom this subject has heard, for a snapshot.</summary>
    protected Items<Heard> CarryHeard() => inbox.Carry();

    protected void Remember(PersonalValue value) => personal = personal.Add(value);

    void Happen(TEvent happened)
    {
        RefuseIfBroken();
        var step = Next(happened);
        if (ReferenceEquals(step, Step.Ignored))
        {
            Meters.Ignored(Machine, happened.GetType().Name);
            return;
        }
        State = After(State, step);
        facts.AddRange(step.Facts.Span);
        effects.AddRange(step.Effects.Span);
        awaits |= step.Awaits;
    }

    void RefuseIfBroken()
    {
        if (broken) throw new InvalidOperationException($"{Subject} steps down: its last entry was not committed");
    }

    /// <summary>Appends what the turn added, sends what it caused.</summary>
    protected void EndTurn()
    {
        var owed = 0;
        foreach (var effect in effects)
            if (effect.Owed) owed++;
        var closing = MayClose && !closed && Outbox.IsSettled && owed == 0;
        var line = awaits && SpeaksAhead ? ports.Journal.Line : 0;
        if (line != 0) awaits = false;
        var stored = Exists && !closed && (facts.Count > 0 || closing || owed > 0) ? Append(owed, closing) : null;
        if (line != 0 && stored is not null) Outbox.SpeakAhead(line, stored);
        var debt = lastDebt - owed;
        foreach (var effect in effects) Send(effect, effect.Owed && stored is not null ? ++debt : 0, awaits ? stored : null);
        facts.Clear();
        effects.Clear();
        awaits = false;
        behind = 0;
        Outbox.Flush();
        inbox.Acknowledge(acknowledge ??= AcknowledgeTo);
        if (Deadline is { } deadline && !closed) alarm!.WakeBy(deadline > quietUntil ? deadline : quietUntil);
    }

    Task Append(int owed, bool closing)
    {
        var line = new JournalEntry(++entry, Items.Owning(facts.ToArray()), lastDebt + 1, Owed(owed), Outbox.PaidUpTo, inbox.Heard(), closing);
        lastDebt += owed;
        closed |= closing;
        var stored = Stored(line);
        personal = [];
        LastCommit = stored;
        _ = FollowCommit(stored, line);
        return stored;
    }

    Items<Effect> Owed(int count)
    {
        if (count == effects.Count) return Items.Owning(effects.ToArray());
        var owed = new Effect[count];
        var next = 0;
        foreach (var effect in effects)
            if (effect.Owed) owed[next++] = effect;
        return Items.Owning(owed);
    }

    Task Stored(JournalEntry line)
    {
        try
        {
            var urgency = awaits ? Urgency.Now : Urgency.RideAlong;
            return behind == 0 ? ports.Journal.Append(Subject, line, personal, urgency) : ports.Journal.AppendBehind(behind, Subject, line, personal, urgency);
        }
        catch (Exception fault) // told at once, such as a tenant's key that cannot be read: no other than a commit that fails
        {
            return Task.FromException(fault);
        }
    }

    async Task FollowCommit(Task stored, JournalEntry line)
    {
        try
        {
            await stored;
        }
        catch (FencedException)
        {
            log.Fenced(Subject.ToString(), line.Number);
            StepDown();
            return;
        }
        catch (Exception fault) // the disk is full, the database is gone: the facts of this turn never were
        {
            log.NotCommitted(Subject.ToString(), line.Number, fault);
            StepDown();
            return;
        }
        inbox.Stored(line.Heard);
        inbox.Acknowledge(acknowledge ??= AcknowledgeTo);
        Committed(line.Number);
        Outbox.Committed();
        if (line.Closed) DeactivateOnIdle();
    }

    void StepDown()
    {
        broken = true;
        DeactivateOnIdle();
    }

    void AcknowledgeTo(Sender sender, long upTo)
    {
        var told = Acknowledge(sender, new(Kind, Key, sender.Epoch, upTo));
        if (!told.IsCompletedSuccessfully) _ = Observe(told);
    }

    /// <summary>An acknowledgement that gets lost is said again when its message is repeated.</summary>
    protected static async Task Observe(Task acknowledged) => await acknowledged.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);

    Task Ring()
    {
        Outbox.Tick();
        if (Deadline is { } deadline)
        {
            var now = Now();
            quietUntil = now + ShortestPause;
            if (deadline <= now && !broken && !closed) HappenAlone(TimeUp(now));
            else alarm!.WakeBy(deadline > now ? deadline : quietUntil);
        }
        return Rung();
    }

    /// <summary>The alarm rang.</summary>
    protected virtual Task Rung() => Task.CompletedTask;

    public void WakeBy(DateTimeOffset at) => alarm!.WakeBy(at);

    public void NotReached(string destination, Exception? fault) => log.NotReached(Key, destination, fault?.GetType().Name ?? "time-out");

    public void Settled()
    {
        if (MayClose && !broken) EndTurn();
    }
}
