using System.Text.Json.Serialization;

namespace CallCenter.Domain.Numbers;

/// <summary>Whether calls that we make are secured by SRTP. Calls that come in are, whenever the caller offers it.</summary>
[JsonConverter(typeof(EnumText<SrtpUse>))]
public enum SrtpUse
{
    /// <summary>Not offered.</summary>
    Off,
    /// <summary>Offered with nothing beside it: who cannot do it refuses the call. The keys go by SIP (RFC 4568), so that the way there ought to be trusted.</summary>
    Required,
}
