using CallCenter.Sip.Transport;

namespace CallCenter.Edge.Calls;

/// <summary>A peer that sends nothing may be on hold, mute, or gone without a word: it is asked, and again for as long as it is not heard. Lives on the loop.</summary>
sealed class PeerProbe(EdgeCore edge)
{
    LoopTimer? again;
    Sip.Dialogs.Call? asked;

    /// <summary>Nothing was heard for <see cref="MediaOptions.LostAfter"/>.</summary>
    public void OnSilent(Sip.Dialogs.Call? session)
    {
        asked = session;
        Ask();
    }

    void Ask()
    {
        if (asked is not { IsAnswered: true, IsEnded: false } session) return;
        edge.Loop.Start(again ??= new(Ask), edge.LostAfter);
        session.Probe();
    }

    /// <summary>It is heard again, or over.</summary>
    public void Stop()
    {
        if (again is not null) edge.Loop.Stop(again);
    }
}
