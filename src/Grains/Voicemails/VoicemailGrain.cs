using CallCenter.Contracts.Voicemails;
using CallCenter.Domain.Voicemails;

namespace CallCenter.Grains.Voicemails;

/// <summary>One voicemail after it was left: the facts are the state, and few.</summary>
sealed class VoicemailGrain(IJournal journal, TimeProvider clock) : Grain, IVoicemailGrain
{
    VoicemailState state;
    AgentId? taker;
    bool deleted;
    long entries;

    Subject Subject => Subject.Voicemail(GrainKeys.Owner(this.GetPrimaryKeyString()), GrainKeys.Name(this.GetPrimaryKeyString()));

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var entry in await journal.Read(Subject, cancellationToken))
        {
            entries = entry.Number;
            foreach (var fact in entry.Facts) Fold(fact);
        }
    }

    public async Task<Refusal?> Mark(VoicemailState wanted, AgentId? agent, string by)
    {
        if (deleted) return Gone;
        if (wanted == VoicemailState.Taken && state == VoicemailState.Taken && taker is { } other && other != agent) return new(RefusalCode.Conflict, $"{other} has taken it");
        if (state != wanted || taker != agent) await Append(new VoicemailMarked(clock.GetUtcNow(), wanted, agent, by), last: false);
        return null;
    }

    public async Task<Refusal?> Delete(string by)
    {
        if (deleted) return Gone;
        await Append(new VoicemailDeleted(clock.GetUtcNow(), by), last: true);
        return null;
    }

    static Refusal Gone => new(RefusalCode.NotFound, "There is no such voicemail");

    /// <summary>One writer at a time: the grain takes one turn after the other. A lost fence means another activation: this one ends and is made anew.</summary>
    async Task Append(Fact fact, bool last)
    {
        try
        {
            await journal.Append(Subject, new(entries + 1, [fact], 1, [], 0, [], Closed: last), urgency: Urgency.Now);
        }
        catch (Exception)
        {
            DeactivateOnIdle();
            throw;
        }
        entries++;
        Fold(fact);
    }

    void Fold(Fact fact)
    {
        switch (fact)
        {
            case VoicemailMarked f: (state, taker) = (f.State, f.Agent); break;
            case VoicemailDeleted: deleted = true; break;
        }
    }
}
