using System.Text.Json.Serialization;

namespace CallCenter.Domain.Numbers;

/// <summary>Whether, and how, calls that we make are secured by SRTP. Calls that come in are, whenever the caller offers it.</summary>
[JsonConverter(typeof(EnumText<SrtpUse>))]
public enum SrtpUse
{
    /// <summary>Not offered.</summary>
    Off,
    /// <summary>Offered with nothing beside it: who cannot do it refuses the call. The keys go by SIP (RFC 4568), so that the way there ought to be trusted.</summary>
    Required,
    /// <summary>As <see cref="Required"/>, but the keys are made on the media's own path (RFC 5764), which is found by ICE: for browsers, and phones that can. Not before every edge of the platform knows it.</summary>
    Dtls,
}
