namespace CallCenter.Domain.Calls.Conversations;

/// <summary>
/// What plays between an agent's joining out of a queue and the talk: to the agent for whom the call is, then to both the staff number. Whatever comes between
/// (a hold, another agent, a browser that is not heard) cuts it short, a sound that is missing takes no time, and one whose end is never told is ended by the clock.
/// </summary>
internal static class Intros
{
    /// <summary>Whose intro plays; null if none does. One agent at a time comes out of a queue.</summary>
    public static Party? Of(CallState call)
    {
        foreach (var party in call.Parties) if (party.Intro is not null) return party;
        return null;
    }

    public static void Begin(CallTurn turn, LegId leg)
    {
        if (turn.Call.PartyAt(leg) is not { } party || Queue(turn) is not { } queue) return;
        if (queue.Whisper != QueueWhisper.Off) turn.Fact(new IntroBegun(turn.At, leg, IntroStep.Whisper));
        else Announce(turn, party, queue);
    }

    private static void Announce(CallTurn turn, Party party, QueueSettings? queue)
    {
        if (queue is { AnnouncesStaffNumber: true } && party.StaffNumber is { Length: > 0 }) turn.Fact(new IntroBegun(turn.At, party.Leg, IntroStep.StaffNumber));
    }

    private static QueueSettings? Queue(CallTurn turn) => turn.Call.Place is { } place ? turn.Rules.Queue(place.Queue) : null;

    /// <summary>The customer's ear counts where both hear it.</summary>
    public static void Played(CallTurn turn, PlayEnded e)
    {
        if (Of(turn.Call) is { Intro: { } intro } party && e.Leg == (intro.Step == IntroStep.Whisper ? party.Leg : turn.Call.Customer) && e.Play == NameOf(party, intro, e.Leg)) Over(turn, party, intro, whole: true);
    }

    public static DateTimeOffset? Due(CallState call) => Of(call)?.Intro?.Since + CallLimits.LongestIntro;

    public static void TimeUp(CallTurn turn)
    {
        if (Of(turn.Call) is { Intro: { } intro } party) Over(turn, party, intro, whole: false);
    }

    private static void Over(CallTurn turn, Party party, Intro intro, bool whole)
    {
        Ends(turn, party, intro, whole);
        if (intro.Step == IntroStep.Whisper) Announce(turn, party, Queue(turn));
    }

    private static void Ends(CallTurn turn, Party party, Intro intro, bool whole)
    {
        if (party.Agent is not { } agent) return; // only agents come out of a queue
        turn.Fact(intro.Step == IntroStep.Whisper ? new WhisperPlayed(turn.At, agent, party.Leg, whole) : new StaffNumberAnnounced(turn.At, agent, party.Leg, party.StaffNumber!, whole));
    }

    /// <summary>At the end of each turn: it goes on only while agent and customer wait for nothing but each other.</summary>
    public static void Settle(CallTurn turn)
    {
        if (Of(turn.Call) is not { Intro: { } intro } party) return;
        var goesOn = turn.Call is { Phase: CallPhase.Talking, Held: false, Consult: null } && party is { Held: false, Away: false, Side: Side.Main } && !Media.CustomerTalks(turn.Call);
        if (!goesOn) Ends(turn, party, intro, whole: false);
    }

    /// <summary>The order to play it to one of the two.</summary>
    public static PlayToLeg ToPlay(CallTurn turn, Party party, LegId leg) =>
        new(leg, NameOf(party, party.Intro!, leg), (party.Intro!.Step == IntroStep.Whisper ? Whisper(turn) : StaffNumber(party.StaffNumber!, turn.Rules.Language)).Change(static _ => true, turn.Rules.Spoken), null, false);

    /// <summary>An agent's leg comes out of a queue once, so that no name comes twice.</summary>
    private static string NameOf(Party party, Intro intro, LegId leg) => $"{leg}.{party.Leg}.{intro.Step}";

    private static Items<Prompt> Whisper(CallTurn turn)
    {
        if (Queue(turn) is not { } queue) return [];
        return [queue is { Whisper: QueueWhisper.Prompt, WhisperPrompt: { } prompt } ? Prompt.Of(prompt, turn.Rules.Language) : Prompt.Say($"{turn.Rules.Firm}, {queue.Name}", turn.Rules.Language)];
    }

    /// <summary>Read one by one; letters are spoken, since only numbers are shipped.</summary>
    private static Items<Prompt> StaffNumber(string number, string language)
    {
        var said = new List<Prompt> { Prompt.Of(CallRules.StaffNumberBefore, language) };
        foreach (var c in number) said.Add(char.IsAsciiDigit(c) ? Prompt.Of(CallRules.DigitPrompt(c), language) : Prompt.Say(c.ToString(), language));
        said.Add(Prompt.Of(CallRules.StaffNumberAfter, language));
        return said.ToItems();
    }
}
