namespace CallCenter.Api.Tests.Tables;

/// <summary>Each test has an API of its own, and acme's admin as its client.</summary>
public abstract class AdminTests : IAsyncLifetime
{
    private protected RunningApi Api { get; private set; } = null!;
    private protected HttpClient Admin { get; private set; } = null!;
    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Api = await RunningApi.Start();
        Admin = await Api.SignedIn(A.Acme, "admin");
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Admin.Dispose();
        return Api.DisposeAsync();
    }
}
