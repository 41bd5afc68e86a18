using CallCenter.Media.Ice;
using CallCenter.Media.Transport.Ring;

namespace CallCenter.Media.Transport;

/// <summary>How a leg's packets leave: from its own socket, or along a connection that its peer made. On the loop thread.</summary>
sealed unsafe class LegWire(int socket)
{
    /// <summary>A browser makes one for each address of its machine.</summary>
    public const int MostStreams = 4;

    readonly MediaStream?[] streams = new MediaStream?[MostStreams];

    /// <summary>Where media goes; none: nowhere yet.</summary>
    public IcePath Destination { get; set; }

    /// <summary>The loop's, and the number of the leg's socket there; null: the loop has none, or the leg is on its way to another.</summary>
    public (PacketRing Ring, int Watch)? Ring { get; set; }

    public bool IsOpen => !Destination.IsNone;

    /// <summary>To where media goes. False: it did not leave.</summary>
    public bool Send(ReadOnlySpan<byte> packet) => Send(packet, Destination);

    public bool Send(ReadOnlySpan<byte> packet, in IcePath to)
    {
        if (to.Connection != 0) return Find(to) is { } stream && stream.Send(packet);
        if (Ring is { } by) return by.Ring.Send(by.Watch, packet, to.Peer);
        var name = to.Peer;
        fixed (byte* data = packet)
        fixed (byte* raw = name.Bytes) return Libc.SendTo(socket, data, (nuint)packet.Length, 0, raw, name.Length) >= 0;
    }

    MediaStream? Find(in IcePath path)
    {
        foreach (var stream in streams)
            if (stream is not null && stream.Path == path) return stream;
        return null;
    }

    public MediaStream? Stream(int place) => streams[place];

    /// <summary>Takes a connection on, in place of one that is not in use if there are too many. Its place.</summary>
    public int Add(MediaStream stream)
    {
        var place = Array.IndexOf(streams, null);
        if (place < 0) place = Array.FindIndex(streams, s => s!.Path != Destination);
        Drop(place);
        streams[place] = stream;
        return place;
    }

    public void Drop(int place)
    {
        streams[place]?.Dispose();
        streams[place] = null;
    }

    public void Close()
    {
        for (var place = 0; place < MostStreams; place++) Drop(place);
    }
}
