using CallCenter.Domain.Voicemails;

namespace CallCenter.Contracts.Voicemails;

/// <summary>What became of one voicemail since it was left. Key: tenant/voicemail. Its facts are a subject of their own: the call's may be closed.</summary>
[Alias("IVoicemailGrain")]
public interface IVoicemailGrain : IGrainWithStringKey
{
    /// <summary>Committed when it returns. Repeated = harmless.</summary>
    /// <param name="agent">Who takes it; null unless it is taken.</param>
    /// <param name="by">The user who says so.</param>
    [Alias("Mark")] Task<Refusal?> Mark(VoicemailState state, AgentId? agent, string by);

    /// <summary>Committed when it returns; the sound is deleted by the caller, before.</summary>
    [Alias("Delete")] Task<Refusal?> Delete(string by);
}
