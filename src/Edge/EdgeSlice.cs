using System.Globalization;

namespace CallCenter.Edge;

/// <summary>The part of the settings that one of several edges in a process has: ports 10 further for each, and its share of the media range.</summary>
sealed record EdgeSlice(EdgeId Id, SipOptions Sip, MediaOptions Media)
{
    const int PortStep = 10;

    /// <summary>One edge keeps the settings as they are; several are called <c>Edge:Id</c>-0, -1 and so on.</summary>
    public static IReadOnlyList<EdgeSlice> Of(EdgeOptions edges, SipOptions sip, MediaOptions media)
    {
        if (edges.Count == 1) return [new(new(edges.Id), sip, media)];
        var share = (media.PortLast - media.PortFirst + 1) / edges.Count & ~1; // pairs stay whole
        return [.. Enumerable.Range(0, edges.Count).Select(n => new EdgeSlice(
            new(string.Create(CultureInfo.InvariantCulture, $"{edges.Id}-{n}")),
            sip.OnPort(sip.Port == 0 ? 0 : sip.Port + PortStep * n),
            media.OnPorts(media.PortFirst + share * n, n == edges.Count - 1 ? media.PortLast : media.PortFirst + share * (n + 1) - 1, media.TcpPort > 0 ? media.TcpPort + n : media.TcpPort)))];
    }
}
