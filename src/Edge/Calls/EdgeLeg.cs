using CallCenter.Media;
using CallCenter.Media.Sdp;

namespace CallCenter.Edge.Calls;

/// <summary>One leg on this edge: its signalling (in the subclasses), its media and what plays to it. Lives on the loop.</summary>
abstract class EdgeLeg
{
    protected EdgeLeg(EdgeCore edge, EdgeCall call, LegId id)
    {
        (Edge, Call, Id) = (edge, call, id);
        Player = new(this);
    }

    public EdgeCore Edge { get; }
    public EdgeCall Call { get; }
    public LegId Id { get; }
    public LegPlayer Player { get; }

    /// <summary>Null until there is one, and after a failure to open one.</summary>
    public MediaLeg? Media { get; protected set; }

    public virtual void Answer() => Edge.Log.CommandSenseless(nameof(Answer), GetType().Name);

    public virtual void Reject(int sipStatus, int q850) => Edge.Log.CommandSenseless(nameof(Reject), GetType().Name);

    /// <summary>Ends the leg in whatever state it is.</summary>
    public abstract void HangUp();

    public void OnMedia(MediaEvent happened)
    {
        switch (happened)
        {
            case CallCenter.Media.DigitPressed d:
                Player.OnDigit();
                Call.Link.Tell(new Domain.Calls.DigitPressed(Edge.Media.Clock.ToUtc(d.At), Id, d.Key));
                break;
            case CallCenter.Media.PlayEnded p: Player.OnEnded(p); break;
            case LegClosed: HangUp(); break; // by a fault of the media engine: nothing is heard here any more. Means nothing where signalling ended first
        }
    }
}
