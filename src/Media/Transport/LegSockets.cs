namespace CallCenter.Media.Transport;

/// <summary>The bound socket pair of a leg: RTP on an even port, RTCP on the next.</summary>
readonly record struct LegSockets(int Rtp, int Rtcp, int Port)
{
    public void Close()
    {
        Libc.Close(Rtp);
        Libc.Close(Rtcp);
    }
}
