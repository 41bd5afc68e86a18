using CallCenter.Api.OpenId;
using CallCenter.Contracts.Access;

namespace CallCenter.Api.SignIn;

/// <summary>What signing in left behind of an account that is removed: who comes after under the same name begins anew.</summary>
internal sealed class AccountTraces(Sessions sessions, SecondFactors factors, ProviderPeople people, IAccessRecords records)
{
    public async Task Wipe(TenantId owner, string user, CancellationToken stop)
    {
        await sessions.EndAll(owner, user, except: null, stop);
        await factors.Remove(owner, user, stop);
        await people.Forget(owner, user, stop);
        await records.DeleteOf(owner, AccessKind.PasswordReset, user, stop: stop);
    }
}
