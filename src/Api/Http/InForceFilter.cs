namespace CallCenter.Api.Http;

/// <summary>
/// A change is answered when it is in force: whoever revokes a password and then calls with it is refused. Bounded, since a grain that
/// cannot be reached for now must not hold up the answer about what is stored already.
/// </summary>
internal sealed class InForceFilter(IConfigurationStore store, TimeProvider time) : IEndpointFilter
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);
        if (store.CaughtUp is { IsCompleted: false } rest) await rest.WaitAsync(Longest, time, context.HttpContext.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return answer;
    }
}
