using CallCenter.Edge.Recording;
using CallCenter.Media;
using CallCenter.Media.Recording;

namespace CallCenter.Edge.Calls;

/// <summary>What is and was recorded of one call: tracks by recording and name, each once, and each told of when it is kept. Lives on the loop.</summary>
sealed class CallTracks(EdgeCore edge, CallRef call, CallLink link)
{
    /// <summary>Null: it never began.</summary>
    readonly Dictionary<(string Recording, string Track), Running?> tracks = [];

    /// <summary>Every track that began is kept.</summary>
    public bool AreKept => tracks.Values.All(static track => track is not { Kept: false });

    /// <summary>What began or ended before is left alone.</summary>
    public void Start(StartTrack command, MediaLeg media)
    {
        var running = new Running(TrackId.New(), media, command.Recording, command.Channel);
        if (!tracks.TryAdd((command.Recording, command.Track), running)) return;
        edge.Recorder.Expect(running.Id, new(call.Tenant, call.Call, command.Recording, command.Track));
        media.Record(running.Id, edge.Media.Clock.FromUtc(command.From), TimeSpan.FromSeconds(command.QuietSeconds));
    }

    public void Stop(StopTrack command)
    {
        var name = (command.Recording, command.Track);
        if (!tracks.TryGetValue(name, out var track))
        {
            NeverBegins(command.Recording, command.Track);
            return;
        }
        if (track is null) return;
        if (command.Discard) edge.Recorder.Discard(track.Id, new(call.Tenant, call.Call, command.Recording, command.Track));
        track.Media.StopRecording(track.Id, edge.Media.Clock.FromUtc(command.At));
    }

    /// <summary>Its leg is gone, or it was stopped first.</summary>
    public void NeverBegins(string recording, string track)
    {
        if (tracks.TryAdd((recording, track), null)) link.Tell(new TrackKept(edge.Now, recording, track, 0, 0, ""));
    }

    /// <summary>What is recorded of a leg ends when the leg did, not when the media loop comes to hear of it.</summary>
    public void StopAll(MediaLeg media, DateTimeOffset at)
    {
        foreach (var running in tracks.Values)
            if (running?.Media == media) media.StopRecording(running.Id, edge.Media.Clock.FromUtc(at));
    }

    /// <summary>The last segment was handed over: the call must not be closed before it has the seal.</summary>
    public void OnEnded(TrackEnded ended)
    {
        foreach (var (name, track) in tracks)
        {
            if (track?.Id != ended.Track || track.Kept) continue;
            track.Kept = true;
            link.Tell(new TrackKept(edge.Now, name.Recording, name.Track, ended.Segments, ended.LostSegments, ended.Seal, Heard(track, ended.Speech)));
        }
    }

    /// <summary>Who talked over whom is known once the later of two tracks has ended, and told with that one.</summary>
    TrackSpeech Heard(Running track, SpeechTrace speech)
    {
        track.Speech = speech;
        var (left, right) = (0L, 0L);
        foreach (var other in tracks.Values)
        {
            if (other is not { Speech: { } before } || other.Recording != track.Recording || other.Channel == track.Channel) continue;
            var (own, others) = SpeechTrace.TalkingOver(speech, before);
            var isLeft = track.Channel == Channel.Left;
            left += isLeft ? own : others;
            right += isLeft ? others : own;
        }
        return new(speech.Speech, speech.LongestSilence, left, right);
    }

    /// <summary>A track whose last segment never came (no buffer was free, or its leg was closed before) is not expected for ever.</summary>
    public void Forget()
    {
        foreach (var running in tracks.Values)
            if (running is not null) edge.Recorder.Forget(running.Id);
    }

    sealed class Running(TrackId id, MediaLeg media, string recording, Channel channel)
    {
        public TrackId Id => id;
        public MediaLeg Media => media;
        public string Recording => recording;
        public Channel Channel => channel;
        public bool Kept { get; set; }

        /// <summary>Once it has ended.</summary>
        public SpeechTrace? Speech { get; set; }
    }
}
