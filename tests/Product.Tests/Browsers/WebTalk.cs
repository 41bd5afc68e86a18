using CallCenter.Kit.Browsers;
using CallCenter.Kit.Phones;

namespace CallCenter.Product.Tests.Browsers;

/// <summary>A page in talk with an agent's phone, and the SIP phone that carries the page's descriptions.</summary>
sealed class WebTalk(WebPhone web, Phone carrier, Phone agent) : IAsyncDisposable
{
    PhoneCall? call, rung;

    public WebPhone Web => web;
    public Phone Carrier => carrier;
    public Phone Agent => agent;

    /// <summary>The page's side.</summary>
    public PhoneCall Call
    {
        get => call ?? throw new InvalidOperationException("it did not call yet");
        set => call = value;
    }

    /// <summary>The agent's side.</summary>
    public PhoneCall Rung
    {
        get => rung ?? throw new InvalidOperationException("nobody was rung yet");
        set => rung = value;
    }

    /// <summary>The caller hangs up.</summary>
    public async Task Ends()
    {
        await Call.HangUp();
        await Rung.Ended();
    }

    public async ValueTask DisposeAsync()
    {
        await web.Close();
        await carrier.DisposeAsync();
        await agent.DisposeAsync();
    }
}
