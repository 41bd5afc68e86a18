using CallCenter.Media;

namespace CallCenter.Edge;

/// <summary>Who opened a media leg, and hears of it on the loop.</summary>
interface IMediaOwner
{
    void OnMedia(MediaEvent happened);
}

/// <summary>Passes media events from the media threads to the loop.</summary>
sealed class MediaEvents(EdgeCore edge) : IMediaEvents
{
    public void Happened(MediaEvent what) => edge.Loop.Post(static happened => (happened.Leg.Owner as IMediaOwner)?.OnMedia(happened), what);

    public void Faulted(Exception fault) => edge.Log.WorkFailed(fault);
}
