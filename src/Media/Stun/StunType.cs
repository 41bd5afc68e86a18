namespace CallCenter.Media.Stun;

/// <summary>The four messages of the Binding method, the only one that ICE uses (RFC 8489 §5, §18.2).</summary>
enum StunType : ushort
{
    BindingRequest = 0x0001,
    BindingIndication = 0x0011,
    BindingSuccess = 0x0101,
    BindingError = 0x0111,
}
