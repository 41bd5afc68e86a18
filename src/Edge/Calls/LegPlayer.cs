using CallCenter.Media.Prompts;

namespace CallCenter.Edge.Calls;

/// <summary>What one leg hears from prompts and music: a part that is played once and told when it ends, then one that loops. Lives on the loop.</summary>
sealed class LegPlayer(EdgeLeg leg)
{
    /// <summary>Plays ever begun: an order that comes again, even after the next one or after a room, is not carried out again.</summary>
    readonly HashSet<string> begun = [];

    PlayToLeg? wanted;
    string? latest;
    PlayId playing;
    bool once;

    /// <summary>The same play again is one play. Orders that come again may have taken the leg through a room that it had left before, which stopped the play: its music goes on then.</summary>
    /// <param name="inRoom">The leg hears a room now.</param>
    public void Play(PlayToLeg command, bool inRoom)
    {
        var isNew = begun.Add(command.Play);
        if (!isNew && (inRoom || wanted is not null || command.Play != latest)) return;
        (wanted, latest) = (command, command.Play);
        _ = isNew ? Begin(command) : Loop(command);
    }

    async Task Begin(PlayToLeg command)
    {
        if (command.Once.IsEmpty)
        {
            await Loop(command);
            return;
        }
        var sources = await leg.Edge.Prompts.Find(leg.Call.Name.Tenant, command.Once);
        if (wanted != command) return;
        Start(sources, loop: false);
    }

    async Task Loop(PlayToLeg command)
    {
        if (command.Then is not { } then) return;
        var sources = await leg.Edge.Prompts.Find(leg.Call.Name.Tenant, [then]);
        if (wanted == command && sources[0].Samples > 0) Start(sources, loop: true);
    }

    void Start(PromptAudio[] sources, bool loop)
    {
        (playing, once) = (new(leg.Edge.NextPlay()), !loop);
        leg.Media?.Play(new(playing, sources, loop));
    }

    public void OnEnded(CallCenter.Media.PlayEnded ended)
    {
        if (ended.Play != playing || !once || ended.Reason != PlayEnd.Completed || wanted is not { } command) return;
        once = false;
        leg.Call.Link.Tell(new Domain.Calls.PlayEnded(leg.Edge.Media.Clock.ToUtc(ended.At), leg.Id, command.Play));
        _ = Loop(command);
    }

    /// <summary>A digit cuts an interruptible play short here and now; the call hears of the digit only.</summary>
    public void OnDigit()
    {
        if (!once || wanted is not { Interruptible: true }) return;
        once = false;
        leg.Media?.StopPlay(playing);
    }

    /// <summary>The leg hears its room from now on.</summary>
    public void Stop()
    {
        wanted = null;
        once = false;
        leg.Media?.StopPlay(playing);
    }
}
