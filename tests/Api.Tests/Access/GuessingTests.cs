using CallCenter.Api.Access;
using CallCenter.Contracts.Access;

namespace CallCenter.Api.Tests.Access;

/// <summary>Guessing passwords: from one address, from many, and over a restart.</summary>
public sealed class GuessingTests : IAsyncLifetime
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;
    private RunningApi api = null!;

    public async ValueTask InitializeAsync() => api = await RunningApi.Start();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    private SignInGuard Guard() => new(api.Access, api.Clock);

    [Fact]
    public async Task Many_addresses_have_no_more_tries_at_one_account_than_a_hundred()
    {
        var guard = Guard();
        for (var i = 0; i < SignInGuard.PerAccount; i++)
        {
            Assert.Null(await guard.Locked(A.Acme, "admin", $"198.51.100.{i}", Stop));
            Assert.Equal(i == SignInGuard.PerAccount - 1, await guard.Failed(A.Acme, "admin", $"198.51.100.{i}", known: true, Stop));
        }
        Assert.NotNull(await guard.Locked(A.Acme, "admin", "203.0.113.9", Stop));
        Assert.Null(await guard.Locked(A.Globex, "admin", "203.0.113.9", Stop));
        api.Clock.Move(SignInGuard.Window);
        Assert.Null(await guard.Locked(A.Acme, "admin", "203.0.113.9", Stop));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nobody_can_tell_by_the_lock_whether_there_is_such_an_account(bool known)
    {
        var guard = Guard();
        for (var i = 0; i < SignInGuard.PerAddress; i++) await guard.Failed(A.Acme, "somebody", "192.0.2.1", known, Stop);
        Assert.NotNull(await guard.Locked(A.Acme, "somebody", "192.0.2.1", Stop));
        Assert.Null(await guard.Locked(A.Acme, "somebody", "192.0.2.2", Stop)); // a stranger locks nobody out elsewhere
    }

    [Fact]
    public async Task A_restart_and_another_process_give_no_more_tries()
    {
        for (var i = 0; i < SignInGuard.PerAddress; i++) await Guard().Failed(A.Acme, "admin", "192.0.2.1", known: true, Stop);
        Assert.NotNull(await Guard().Locked(A.Acme, "admin", "192.0.2.1", Stop));
        await Guard().Succeeded(A.Acme, "admin", "192.0.2.1", Stop);
        Assert.Null(await Guard().Locked(A.Acme, "admin", "192.0.2.1", Stop));
    }

    [Fact]
    public async Task Tries_at_the_same_moment_are_all_counted_but_few()
    {
        var guard = Guard();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => guard.Failed(A.Acme, "admin", "192.0.2.1", known: true, Stop), Stop)));
        Assert.NotNull(await guard.Locked(A.Acme, "admin", "192.0.2.1", Stop));
        Assert.Single(await api.Access.Of(A.Acme, AccessKind.SignInFailures, "admin", Stop), record => record.Id == "admin/192.0.2.1");
    }
}
