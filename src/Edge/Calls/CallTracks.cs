using CallCenter.Edge.Recording;
using CallCenter.Media;
using CallCenter.Media.Recording;

namespace CallCenter.Edge.Calls;

/// <summary>What is and was recorded of one call: tracks by recording and name, each once. Lives on the loop.</summary>
sealed class CallTracks(EdgeCore edge, CallRef call)
{
    /// <summary>Null: stopped before it began.</summary>
    readonly Dictionary<(string Recording, string Track), Running?> tracks = [];

    /// <summary>What began or ended before is left alone.</summary>
    public void Start(StartTrack command, MediaLeg media)
    {
        var running = new Running(TrackId.New(), media);
        if (!tracks.TryAdd((command.Recording, command.Track), running)) return;
        edge.Recorder.Expect(running.Id, new(call.Tenant, call.Call, command.Recording, command.Track));
        media.Record(running.Id, edge.Media.Clock.FromUtc(command.From), TimeSpan.FromSeconds(command.QuietSeconds));
    }

    public void Stop(StopTrack command)
    {
        if (tracks.TryAdd((command.Recording, command.Track), null)) return;
        if (tracks[(command.Recording, command.Track)] is not { } running) return;
        if (command.Discard) edge.Recorder.Discard(running.Id, new(call.Tenant, call.Call, command.Recording, command.Track));
        running.Media.StopRecording(running.Id, edge.Media.Clock.FromUtc(command.At));
    }

    /// <summary>What is recorded of a leg ends when the leg did, not when the media loop comes to hear of it.</summary>
    public void StopAll(MediaLeg media, DateTimeOffset at)
    {
        foreach (var running in tracks.Values)
            if (running?.Media == media) media.StopRecording(running.Id, edge.Media.Clock.FromUtc(at));
    }

    /// <summary>A track whose last segment never came (no buffer was free, or its leg was closed before) is not expected for ever.</summary>
    public void Forget()
    {
        foreach (var running in tracks.Values)
            if (running is not null) edge.Recorder.Forget(running.Id);
    }

    sealed record Running(TrackId Id, MediaLeg Media);
}
