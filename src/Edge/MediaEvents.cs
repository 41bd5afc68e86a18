using System.Collections.Concurrent;
using CallCenter.Media;
using CallCenter.Sip.Transport;

namespace CallCenter.Edge;

/// <summary>Who opened a media leg, and hears of it on the loop.</summary>
interface IMediaOwner
{
    void OnMedia(MediaEvent happened);

    /// <summary>A window of its quality is over.</summary>
    void OnMeasured(in QualityMeasured measured) { }
}

/// <summary>Passes media events from the media threads to the loop.</summary>
sealed class MediaEvents(EdgeCore edge) : IMediaEvents
{
    readonly ConcurrentQueue<Measurement> spare = new();

    public void Happened(MediaEvent what) => edge.Loop.Post(static happened => (happened.Leg.Owner as IMediaOwner)?.OnMedia(happened), what);

    public void Measured(in QualityMeasured what)
    {
        if (!spare.TryDequeue(out var work)) work = new(spare);
        work.What = what;
        edge.Loop.Post(work);
    }

    public void Faulted(Exception fault) => edge.Log.WorkFailed(fault);

    /// <summary>On its way to the loop; back among the spare ones once it is there.</summary>
    sealed class Measurement(ConcurrentQueue<Measurement> spare) : LoopWork
    {
        public QualityMeasured What;

        protected override void Run()
        {
            var what = What;
            What = default; // a spare one holds no leg in memory
            spare.Enqueue(this);
            (what.Leg.Owner as IMediaOwner)?.OnMeasured(what);
        }
    }
}
