using CallCenter.Kit.Phones;
using CallCenter.Kit.Product;

namespace CallCenter.Product.Tests.Data;

/// <summary>A caller and an agent who must not notice what happens to the database.</summary>
sealed class Talkers(RunningProduct product) : IAsyncDisposable
{
    readonly Phone agent = new(product.Sip, "1001", "acme.localhost"), caller = new(product.Sip, "13920000777", null);
    PhoneCall? call, rung;

    public async Task Begin()
    {
        await agent.Register();
        call = caller.Dial(Numbers.AcmeSales);
        await call.Answered();
        rung = await agent.Rings(TimeSpan.FromSeconds(15));
        await rung.Answer();
        call.Ear.SayTone(440);
        rung.Ear.SayTone(1000);
        await GoOn(1);
    }

    /// <summary>Both hear each other for so long, without a gap.</summary>
    public async Task GoOn(double seconds)
    {
        call!.Ear.Forget();
        rung!.Ear.Forget();
        await Task.WhenAll(Heard.Tone(call.Ear, 1000, seconds), Heard.Tone(rung.Ear, 440, seconds));
    }

    public Task HangUp() => call!.HangUp();

    public async ValueTask DisposeAsync()
    {
        await caller.DisposeAsync();
        await agent.DisposeAsync();
    }
}
