using CallCenter.Grains.Messages;

namespace CallCenter.Grains.Calls;

/// <summary>
/// A call's way to the edge that holds its legs: by the reference that came with the edge's last message, or else by the one
/// that the edge left with its grain. It finds out when that edge is gone.
/// </summary>
sealed class EdgeLink(IGrainFactory grains, CallRef me, CallGrain call)
{
    /// <summary>An edge says every 2 s that a leg lives, or that something recorded is yet to be kept; after this silence the call asks whether it is still the same edge.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <summary>Nothing from the edge about this call for so long: its legs are given up, whether the edge is known or not.</summary>
    public static readonly TimeSpan GivenUpAfter = TimeSpan.FromSeconds(60);

    static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(2);

    IEdgeObserver? reference;
    EdgeId edge;
    long epoch;
    DateTimeOffset heardAt;
    DateTimeOffset? askAt;
    bool asking, lost;

    /// <summary>False after an activation until it is known whether the edge that held the legs is still the same: until then nothing is begun or ended for it.</summary>
    public bool IsKnown { get; private set; } = true;

    /// <summary>The call's legs are at this start of this edge.</summary>
    public void Expect(EdgeId at, long itsEpoch, DateTimeOffset now)
    {
        (edge, epoch, heardAt) = (at, itsEpoch, now);
        call.WakeBy(now + Silence);
    }

    /// <summary>What the facts say after an activation.</summary>
    public void Expect(CallState state, DateTimeOffset now)
    {
        IsKnown = false;
        Expect(state.Edge, state.EdgeEpoch, now);
    }

    /// <summary>After a restart of this side or of the edge, or after a word that the edge may be gone: it is asked.</summary>
    public void CheckSoon(DateTimeOffset now) => AskBy(now);

    public void Heard(IEdgeObserver by, Sender from, DateTimeOffset now)
    {
        if (edge == default) epoch = from.Epoch; // of a call that is over and was woken once more: it waits for no edge
        else if (from.Key != edge.Value || from.Epoch != epoch) return;
        heardAt = now;
        askAt = null;
        Know();
        if (ReferenceEquals(reference, by)) return;
        reference = by;
        if (edge != default) Lane(call.Outbox).Hurry();
    }

    public Lane<EdgeCommand> Lane(Outbox outbox) => outbox.Direct<EdgeCommand>(SenderKind.Edge, "", Send);

    public Task Acknowledge(Ack ack) => reference?.Acknowledge(me, ack) ?? Task.CompletedTask; // without a reference it repeats itself

    async Task Send(Letter<EdgeCommand> letter)
    {
        if (lost)
        {
            await EndLegs(letter);
            return;
        }
        var commands = new EdgeCommand[letter.Messages.Count];
        for (var i = 0; i < commands.Length; i++) commands[i] = letter.Messages[i].Body;
        try
        {
            if (reference is null) await Ask();
            if (lost) return;
            await (reference ?? throw new EdgeUnknownException(edge)).Do(new(me, letter.From.Epoch, epoch, Items.Owning(commands), call.PersonalOf(commands)));
        }
        catch (Exception)
        {
            AskBy(call.Outbox.Clock.GetUtcNow());
            throw;
        }
    }

    /// <summary>An edge that was given up and speaks again, as the same: no leg of it outlives the call, and nothing else is wanted of it.</summary>
    async Task EndLegs(Letter<EdgeCommand> letter)
    {
        var ends = letter.Messages.Select(static message => message.Body).Where(static command => command is HangUpLeg).ToItems();
        if (reference is null || ends.IsEmpty) return;
        await reference.Do(new(me, letter.From.Epoch, epoch, ends, [])).ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing); // it says again which legs live
    }

    /// <summary>The call's alarm rang.</summary>
    public Task Ring(DateTimeOffset now)
    {
        var due = askAt ?? heardAt + Silence;
        if (now >= due) _ = AskInBackground();
        else call.WakeBy(due);
        return Task.CompletedTask;
    }

    void AskBy(DateTimeOffset at)
    {
        askAt = at;
        call.WakeBy(at);
    }

    async Task AskInBackground()
    {
        AskBy(call.Outbox.Clock.GetUtcNow() + AskAgainAfter); // also while an answer is awaited: it may change nothing
        if (asking) return;
        await Ask().ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing); // asked again soon
    }

    async Task Ask()
    {
        if (edge == default || lost) return;
        asking = true;
        try
        {
            var standing = grains.Edge(edge);
            Answer(reference is null ? await standing.Present() : await standing.Check(), call.Outbox.Clock.GetUtcNow());
        }
        finally
        {
            asking = false;
        }
    }

    void Answer(EdgePresence? present, DateTimeOffset now)
    {
        if (lost) return;
        var silent = now - heardAt >= GivenUpAfter; // an edge that lives says every 2 s what it holds
        if (present is { Gone: true } || silent) Lose(Math.Max(present?.Epoch ?? 0, epoch + 1), now);
        else if (present is not null && present.Epoch > epoch) Lose(present.Epoch, present.LastAlive is { } died && died < now ? died : now);
        else if (present is not null && present.Epoch == epoch && reference is null)
        {
            reference = present.Edge;
            Lane(call.Outbox).Hurry();
            Know();
        }
    }

    void Know()
    {
        if (IsKnown) return;
        IsKnown = true;
        call.KnowEdge();
    }

    /// <param name="at">When the edge died, as far as is known.</param>
    void Lose(long newEpoch, DateTimeOffset at)
    {
        (lost, reference) = (true, null);
        call.LoseEdge(edge, newEpoch, at);
        Know();
        Lane(call.Outbox).Forgive();
        call.Settled();
    }
}

/// <summary>Nobody knows how to reach that edge now.</summary>
sealed class EdgeUnknownException(EdgeId edge) : Exception($"edge {edge} is not known");
