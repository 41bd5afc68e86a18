using CallCenter.Sip.Messages;

namespace CallCenter.Edge.Links;

/// <summary>
/// What a browser's edge says to the one that holds the call, in an INFO of their session (RFC 6086): the browser is not heard any more, or is heard again.
/// It stands in the header <c>Edge-Path</c>.
/// </summary>
static class PathWord
{
    static ReadOnlySpan<byte> Name => "Edge-Path"u8;
    static ReadOnlySpan<byte> Lost => "lost"u8;
    static ReadOnlySpan<byte> Back => "back"u8;

    public static SipWriter Write(SipWriter info, bool isLost) => info.Header(Name, isLost ? Lost : Back);

    /// <summary>True: not heard any more. Null: the request says nothing of it.</summary>
    public static bool? Read(SipRequest request)
    {
        var word = request.Method == SipMethod.Info ? request.Value(Name).Span : default;
        return word.SequenceEqual(Lost) ? true : word.SequenceEqual(Back) ? false : null;
    }
}
