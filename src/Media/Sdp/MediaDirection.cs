namespace CallCenter.Media.Sdp;

/// <summary>Direction of a media line, seen by who wrote it (RFC 8866 §6.7, RFC 3264 §5.1).</summary>
[Flags]
public enum MediaDirection
{
    Inactive = 0,
    SendOnly = 1,
    ReceiveOnly = 2,
    SendReceive = SendOnly | ReceiveOnly,
}

public static class MediaDirections
{
    public static string Name(this MediaDirection direction) => direction switch
    {
        MediaDirection.SendReceive => "sendrecv",
        MediaDirection.SendOnly => "sendonly",
        MediaDirection.ReceiveOnly => "recvonly",
        _ => "inactive",
    };

    public static bool TryParse(string name, out MediaDirection direction)
    {
        (direction, var known) = name switch
        {
            "sendrecv" => (MediaDirection.SendReceive, true),
            "sendonly" => (MediaDirection.SendOnly, true),
            "recvonly" => (MediaDirection.ReceiveOnly, true),
            "inactive" => (MediaDirection.Inactive, true),
            _ => (MediaDirection.Inactive, false),
        };
        return known;
    }

    /// <summary>The same line seen from the other end.</summary>
    public static MediaDirection Mirror(this MediaDirection direction) =>
        (direction.HasFlag(MediaDirection.SendOnly) ? MediaDirection.ReceiveOnly : 0) | (direction.HasFlag(MediaDirection.ReceiveOnly) ? MediaDirection.SendOnly : 0);
}
