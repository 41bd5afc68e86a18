using System.Net;
using CallCenter.Contracts.Media;
using CallCenter.Edge.Calls;
using CallCenter.Edge.Recording;
using CallCenter.Edge.Signalling;
using CallCenter.Edge.Speech;
using CallCenter.Media;
using CallCenter.Media.Codecs;
using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transport;

namespace CallCenter.Edge;

/// <summary>The parts of one running edge, which its pieces reach each other by. Everything here is used on the loop.</summary>
sealed class EdgeCore
{
    public required EdgeId Id { get; init; }

    /// <summary>Ticks of this edge's start: a later start is always higher.</summary>
    public required long Epoch { get; init; }

    public required IGrainFactory Grains { get; init; }
    public required SipLoop Loop { get; init; }
    public required ILogger Log { get; init; }
    public required PromptLibrary Prompts { get; init; }
    public required Recorder Recorder { get; init; }
    public MediaEngine Media { get; set; } = null!;
    public UserAgent Agent { get; set; } = null!;
    public UdpTransport Udp { get; set; } = null!;
    public TcpTransport Tcp { get; set; } = null!;
    public IEdgeObserver Reference { get; set; } = null!;
    public EdgeCalls Calls { get; set; } = null!;
    public Trunks.TrunkWatch Trunks { get; set; } = null!;
    public Links.EdgeLinks Links { get; set; } = null!;
    public Stations.BrowserPaths Stations { get; set; } = null!;

    /// <summary>Null where no SIP messages are kept.</summary>
    public SipTraces? Traces { get; init; }

    /// <summary>Null outside of tests.</summary>
    public Testing.LinkFaults? Faults { get; init; }

    /// <summary>True from the order to drain on: new calls are refused. Set from any thread, so that it holds when the order returns.</summary>
    public bool Draining
    {
        get => Volatile.Read(ref draining);
        set => Volatile.Write(ref draining, value);
    }

    bool draining;

    public IDirectoryGrain Directory => Grains.Directory();

    /// <summary>A peer of whom no RTP came for so long is asked whether it is still there; 0 where it never is.</summary>
    public required TimeSpan LostAfter { get; init; }

    /// <summary>What legs may speak, preferred first.</summary>
    public required IReadOnlyList<AudioCodec> Codecs { get; init; }

    /// <summary>
    /// When what is at hand happened: UTC by the media engine's anchored clock. For a datagram the instant at which it came, not at which the loop found the time
    /// for it: a busy machine makes no talk longer.
    /// </summary>
    public DateTimeOffset Now => Media.Clock.ToUtc(MediaClock.Now) - Loop.Waited;

    public Sender Sender => new(SenderKind.Edge, Id.Value, Epoch);

    /// <summary>The way to a phone that registered here: its connection, or its address; null if what was stored says neither.</summary>
    public SipFlow? FlowTo(Contracts.Agents.Binding binding)
    {
        if (!SipUri.TryParse(binding.Contact, out var target) || !IPEndPoint.TryParse(binding.Source, out var source)) return null;
        return FlowChoice.For(target, binding.Transport == Tcp.ViaName ? Tcp.To(source) : Udp.To(source));
    }

    long plays;

    /// <summary>Names a play: a leg may be borrowed by one call after the other.</summary>
    public long NextPlay() => ++plays;

    /// <summary>A number for the o= line of SDP, 62 bits (RFC 3264 §5).</summary>
    public ulong NextSessionId() => Agent.Endpoint.Tokens.Next() >> 2;
}
