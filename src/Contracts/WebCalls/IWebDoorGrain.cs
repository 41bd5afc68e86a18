using Orleans.Concurrency;

namespace CallCenter.Contracts.WebCalls;

/// <summary>By what visitors of web pages come in to one tenant: which of its numbers they may call, and how many at once. Key: tenant/web; all in memory.</summary>
[Alias("IWebDoorGrain")]
public interface IWebDoorGrain : IGrainWithStringKey
{
    /// <summary>How that number (canonical) may be called from a page; null if it may not be.</summary>
    [Alias("Number"), ReadOnly] Task<WebCallSettings?> Number(string number);

    /// <summary>Whose pages may call one of the numbers, whichever it is.</summary>
    [Alias("Origins"), ReadOnly] Task<Items<string>> Origins();

    /// <summary>Takes a place for a call, or says why there is none.</summary>
    /// <param name="address">Network address of the visitor. Never stored, never logged.</param>
    [Alias("Enter")] Task<WebCallEntry> Enter(CallId call, string number, string address);

    /// <summary>The call goes on; said by its edge every 10 s.</summary>
    [Alias("Hold")] Task Hold(CallId call, string number, string address);

    [Alias("Leave")] Task Leave(CallId call);

    [Alias("Refresh")] Task Refresh();
}

/// <param name="Denial">Null: there is a place.</param>
[GenerateSerializer, Immutable, Alias("WebCallEntry")]
public readonly record struct WebCallEntry([property: Id(0)] WebCallDenial? Denial);
