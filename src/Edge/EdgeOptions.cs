using CallCenter.Media.Codecs;
using CallCenter.Media.Sdp;
using Microsoft.Extensions.Options;

namespace CallCenter.Edge;

/// <summary>Configuration section <c>Edge</c>.</summary>
public sealed class EdgeOptions
{
    /// <summary>The edge's id; edge n of several in one process is called <c>Id-n</c>.</summary>
    public string Id { get; set; } = "edge-0";

    /// <summary>Edges in this process, 1–8.</summary>
    public int Count { get; set; } = 1;

    /// <summary>The name under which the edges' figures are shown.</summary>
    public string Meter { get; set; } = "CallCenter.Edge";
}

/// <summary>Configuration section <c>Testing</c>: faults made on purpose. Off unless set; refused outside of loopback by the host.</summary>
public sealed class TestingOptions
{
    /// <summary>Per cent of the messages between edge and calls that suffer a fault; 0 = a good link.</summary>
    public int LinkFaults { get; set; }

    /// <summary>Makes a run repeat.</summary>
    public int Seed { get; set; } = 1;
}

/// <summary>Configuration section <c>Sip</c>.</summary>
public sealed class SipOptions
{
    /// <summary>UDP and TCP port; 0 = any.</summary>
    public int Port { get; set; } = 5060;

    /// <summary>Address to bind; null = loopback with demo data, else all.</summary>
    public string? BindAddress { get; set; }

    /// <summary>Address in Via and Contact; null = the bound one, or this machine's first if that is "any".</summary>
    public string? AdvertisedAddress { get; set; }

    /// <summary>T1, ms: the round-trip estimate from which SIP's timers come (RFC 3261 §17.1.1.1). Less than 500 is for private networks only, more for slow ones; 100–2000.</summary>
    public int T1 { get; set; } = 500;

    /// <summary>Seconds a nonce is good for (RFC 7616 §3.3); 30–3600.</summary>
    public int NonceSeconds { get; set; } = 300;

    /// <summary>Shortest and longest registration granted, s (RFC 3261 §10.2.8, §10.3).</summary>
    public int MinExpires { get; set; } = 10;

    public int MaxExpires { get; set; } = 3600;

    /// <summary>Challenge with SHA-256 too, and before MD5 (RFC 8760 §2.4). Off: some phones give up at a challenge that they do not know, wherever it stands (docs/decisions).</summary>
    public bool StrongDigest { get; set; }

    /// <summary>Keep with each leg which SIP messages it had, and when (their methods, statuses and numbers only).</summary>
    public bool Trace { get; set; } = true;

    /// <summary>Failed log-ins of one address within a minute after which it gets 403; 3–1000.</summary>
    public int FailuresAllowed { get; set; } = 10;

    /// <summary>The same, on another port.</summary>
    public SipOptions OnPort(int port)
    {
        var copy = (SipOptions)MemberwiseClone();
        copy.Port = port;
        return copy;
    }
}

/// <summary>Configuration section <c>Media</c>.</summary>
public sealed class MediaOptions
{
    /// <summary>First port of the RTP range; even.</summary>
    public int PortFirst { get; set; } = 16384;

    public int PortLast { get; set; } = 32767;

    public string? BindAddress { get; set; }

    public string? AdvertisedAddress { get; set; }

    /// <summary>A leg of which no RTP came for so long is asked by SIP whether it is still there, and ends where it is not. 0 = never asked.</summary>
    public TimeSpan LostAfter { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>DTLS-SRTP with ICE, which browsers need.</summary>
    public DtlsUse Dtls { get; set; } = DtlsUse.Auto;

    /// <summary>TCP port for the media of browsers whose network lets no UDP through; 0 = any, -1 = none. Edge n of several in one process has the n-th port from there.</summary>
    public int TcpPort { get; set; }

    /// <summary>
    /// Codecs that are offered and taken, such as <c>PCMA,PCMU,G722,opus</c>: the laws are offered in this order, and before them what the other party of the
    /// call speaks. Null = all that this machine can; Opus where libopus is installed.
    /// </summary>
    public string? Codecs { get; set; }

    /// <summary>Media threads; 0 = one for each two cores.</summary>
    public int Threads { get; set; }

    /// <summary>RTP comes and leaves by a ring (io_uring(7)) where the kernel has one (Linux 6.1) and lets the process use it; else, or switched off, by epoll, which costs more.</summary>
    public bool Ring { get; set; } = true;

    /// <summary>The media threads run in real time (SCHED_RR) where the process may have it (CAP_SYS_NICE or RLIMIT_RTPRIO); else, or switched off, by <see cref="Niceness"/>.</summary>
    public bool RealTime { get; set; } = true;

    /// <summary>Niceness of the media threads, -20 (first) to 19, as far as the process may: a packet waits for nothing else that the machine does.</summary>
    public int Niceness { get; set; } = -11;

    /// <summary><see cref="Codecs"/>, as far as this machine can.</summary>
    internal IReadOnlyList<AudioCodec> Spoken() =>
        Codecs is not null && CodecNames.TryRead(Codecs, out var listed, out _) ? [.. listed.Where(LocalAudio.Spoken.Contains)] : LocalAudio.Spoken;

    /// <summary>The same, on another range.</summary>
    public MediaOptions OnPorts(int first, int last, int tcp)
    {
        var copy = (MediaOptions)MemberwiseClone();
        (copy.PortFirst, copy.PortLast, copy.TcpPort) = (first, last, tcp);
        return copy;
    }
}

/// <summary>Whether an edge speaks DTLS-SRTP.</summary>
public enum DtlsUse
{
    /// <summary>If OpenSSL 3 is installed.</summary>
    Auto,
    Off,
    /// <summary>No start without OpenSSL 3.</summary>
    Required,
}

sealed class EdgeOptionsCheck : IValidateOptions<EdgeOptions>
{
    public ValidateOptionsResult Validate(string? name, EdgeOptions o)
    {
        var faults = new ValidateOptionsResultBuilder();
        if (!Domain.Calls.EdgeId.TryParse(o.Id, null, out _)) faults.AddError($"'{o.Id}' is not 1–64 of a–z, 0–9 and \"-\"", "Edge:Id");
        Faults.Range(faults, "Edge:Count", o.Count, 1, 8);
        return faults.Build();
    }
}

sealed class SipOptionsCheck : IValidateOptions<SipOptions>
{
    public ValidateOptionsResult Validate(string? name, SipOptions o)
    {
        var faults = new ValidateOptionsResultBuilder();
        Faults.Port(faults, "Sip:Port", o.Port);
        Faults.Address(faults, "Sip:BindAddress", o.BindAddress);
        Faults.Address(faults, "Sip:AdvertisedAddress", o.AdvertisedAddress);
        Faults.Range(faults, "Sip:T1", o.T1, 100, 2000);
        Faults.Range(faults, "Sip:NonceSeconds", o.NonceSeconds, 30, 3600);
        Faults.Range(faults, "Sip:MinExpires", o.MinExpires, 1, 3600);
        Faults.Range(faults, "Sip:MaxExpires", o.MaxExpires, 60, 86_400);
        Faults.Range(faults, "Sip:FailuresAllowed", o.FailuresAllowed, 3, 1000);
        if (o.MinExpires > o.MaxExpires) faults.AddError($"{o.MinExpires} is above Sip:MaxExpires ({o.MaxExpires})", "Sip:MinExpires");
        return faults.Build();
    }
}

sealed class MediaOptionsCheck : IValidateOptions<MediaOptions>
{
    public ValidateOptionsResult Validate(string? name, MediaOptions o)
    {
        var faults = new ValidateOptionsResultBuilder();
        Faults.Range(faults, "Media:PortFirst", o.PortFirst, 1024, 65_534);
        Faults.Range(faults, "Media:PortLast", o.PortLast, 1025, 65_535);
        if (int.IsOddInteger(o.PortFirst)) faults.AddError($"{o.PortFirst} must be even (RFC 3550 §11)", "Media:PortFirst");
        if (o.PortLast <= o.PortFirst) faults.AddError($"{o.PortLast} must be above Media:PortFirst ({o.PortFirst})", "Media:PortLast");
        Faults.Address(faults, "Media:BindAddress", o.BindAddress);
        Faults.Address(faults, "Media:AdvertisedAddress", o.AdvertisedAddress);
        Faults.Range(faults, "Media:Threads", o.Threads, 0, 64);
        Faults.Range(faults, "Media:Niceness", o.Niceness, -20, 19);
        Faults.Range(faults, "Media:TcpPort", o.TcpPort, -1, 65_535);
        if (o.Dtls == DtlsUse.Required && !CallCenter.Media.MediaEngine.CanSpeakDtls) faults.AddError("demands OpenSSL 3, and libssl.so.3 is not installed", "Media:Dtls");
        if (o.Codecs is not null && !CodecNames.TryRead(o.Codecs, out _, out var fault)) faults.AddError(fault, "Media:Codecs");
        else if (o.Spoken().Count == 0) faults.AddError($"of {o.Codecs} this machine speaks none: libopus is not installed", "Media:Codecs");
        if (o.LostAfter < TimeSpan.Zero || o.LostAfter > TimeSpan.FromDays(1)) faults.AddError($"{o.LostAfter} is not within 0 and a day", "Media:LostAfter");
        return faults.Build();
    }
}

static class Faults
{
    public static void Range(ValidateOptionsResultBuilder faults, string key, int value, int least, int most)
    {
        if (value < least || value > most) faults.AddError($"{value} is not within {least}–{most}", key);
    }

    public static void Port(ValidateOptionsResultBuilder faults, string key, int value) => Range(faults, key, value, 0, 65_535);

    public static void Address(ValidateOptionsResultBuilder faults, string key, string? value)
    {
        if (value is not null && !System.Net.IPAddress.TryParse(value, out _)) faults.AddError($"'{value}' is not an IP address", key);
    }
}
