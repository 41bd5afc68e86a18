using System.Net;
using CallCenter.Kit.Media;
using CallCenter.Media.Codecs;
using CallCenter.Media.Dtls;
using CallCenter.Media.Ice;
using CallCenter.Media.Sdp;

namespace CallCenter.Media.Tests.Engine;

/// <summary>Two engines that shake hands, each with a plain party behind it; before one of them an ICE agent that checks, as a browser does.</summary>
public abstract class DtlsScene : IDisposable
{
    private protected readonly EngineRig near;
    private protected readonly EngineRig far = new(new() { ReportInterval = TimeSpan.FromSeconds(1) });
    private protected readonly MediaLeg caller, agent, nearLink, farLink;
    private protected readonly RtpEar callerEar, agentEar;
    readonly List<IDisposable> owned = [];

    private protected DtlsScene(MediaOptions options)
    {
        near = new(options with { ReportInterval = TimeSpan.FromSeconds(1), StreamPort = 0 });
        ((caller, callerEar), (agent, agentEar)) = (near.Party(hz: 440), far.Party(hz: 1000));
        (nearLink, farLink) = (near.Leg(), far.Leg());
        near.Engine.OpenRoom(1).Set([new(caller), new(nearLink)]);
        far.Engine.OpenRoom(1).Set([new(agent), new(farLink)]);
    }

    public void Dispose()
    {
        foreach (var item in owned) item.Dispose();
        near.Dispose();
        far.Dispose();
    }

    private protected static DtlsTerms Terms(DtlsRole role, MediaLeg of, IceCredentials? ours = null) => new(role, [of.Dtls!.Fingerprint], ours, ours is null ? null : new("peer", "passwordpasswordpassword"), true);

    private protected static NegotiatedAudio Settled(IPEndPoint? remote, DtlsTerms terms) => EngineRig.Settled(AudioCodec.Pcmu, remote) with { Dtls = terms };

    private protected IceFront Front(bool isStream = false)
    {
        var ice = nearLink.Dtls!.Ice;
        var front = new IceFront(isStream ? nearLink.Dtls.Stream! : nearLink.Local, farLink.Local, ice, isStream);
        owned.Add(front);
        return front;
    }

    private protected void Answer(IceCredentials? ice = null) => nearLink.SetRemote(Settled(null, Terms(DtlsRole.Server, farLink, ice ?? nearLink.Dtls!.Ice)));

    private protected void Call(IceFront front) => farLink.SetRemote(Settled(front.Local, Terms(DtlsRole.Client, nearLink)));

    private protected async Task BothHear()
    {
        agentEar.Forget();
        callerEar.Forget();
        await agentEar.Hears(h => h.Count(p => !p.IsSilence) > 40, "the caller");
        await callerEar.Hears(h => h.Count(p => !p.IsSilence) > 40, "the agent");
        Heard.IsTone(agentEar.Heard(), 440);
        Heard.IsTone(callerEar.Heard(), 1000);
    }
}
