using CallCenter.Edge.Calls;
using CallCenter.Media;

namespace CallCenter.Edge;

/// <summary>Passes media events from the media threads to the loop.</summary>
sealed class MediaEvents(EdgeCore edge) : IMediaEvents
{
    public void Happened(MediaEvent what) => edge.Loop.Post(static happened => (happened.Leg.Owner as EdgeLeg)?.OnMedia(happened), what);

    public void Faulted(Exception fault) => edge.Log.WorkFailed(fault);
}
