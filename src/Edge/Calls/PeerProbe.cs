using CallCenter.Sip.Transport;

namespace CallCenter.Edge.Calls;

/// <summary>A peer that sends nothing may be on hold, mute, or gone without a word: it is asked, and again for as long as it is not heard. Lives on the loop.</summary>
sealed class PeerProbe(EdgeCore edge)
{
    LoopTimer? again;
    Sip.Dialogs.Call? asked;

    /// <summary>Nothing was heard for <see cref="MediaOptions.LostAfter"/>, or its connection says that nobody is there.</summary>
    public void OnSilent(Sip.Dialogs.Call? session)
    {
        asked = session;
        Ask();
    }

    /// <summary>On hold it sends nothing: nothing is missed, and nobody would miss it.</summary>
    public void OnHold(Sip.Dialogs.Call? session)
    {
        asked = session;
        AskLater();
    }

    void Ask()
    {
        if (asked is not { IsAnswered: true, IsEnded: false } session) return;
        AskLater();
        session.Probe();
    }

    void AskLater()
    {
        if (edge.LostAfter > TimeSpan.Zero) edge.Loop.Start(again ??= new(Ask), edge.LostAfter);
    }

    /// <summary>It is heard again, or over.</summary>
    public void Stop()
    {
        if (again is not null) edge.Loop.Stop(again);
    }
}
