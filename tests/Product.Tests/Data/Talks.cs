using CallCenter.Kit.Phones;

namespace CallCenter.Product.Tests.Data;

/// <summary>A caller and an agent who talk and are recorded.</summary>
static class Talks
{
    /// <summary>The caller's side, after a second of talk.</summary>
    public static async Task<PhoneCall> With(Phone agent, Phone caller)
    {
        var call = caller.Dial(Numbers.AcmeSales);
        await call.Answered();
        var rung = await agent.Rings();
        await rung.Answer();
        call.Ear.SayTone(440);
        rung.Ear.SayTone(1000);
        await Heard.Tone(rung.Ear, 440);
        await Heard.Tone(call.Ear, 1000);
        return call;
    }
}
