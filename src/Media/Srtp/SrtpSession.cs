namespace CallCenter.Media.Srtp;

/// <summary>Both directions of a leg under one set of keys. Made where there is time; used and disposed of by the leg's loop thread.</summary>
sealed class SrtpSession(SrtpKeys keys) : IDisposable
{
    public SrtpSender Out { get; } = new(keys.Suite, keys.Ours);
    public SrtpReceiver In { get; } = new(keys.Suite, keys.Theirs, keys.TheirLifetime);

    public void Dispose()
    {
        Out.Dispose();
        In.Dispose();
    }
}
