namespace CallCenter.Api.Access;

/// <summary>
/// What was read a moment ago is believed for <see cref="Trust"/>, so that a request costs no look at the database, and what another process
/// changed bites within a second. What this process changes is forgotten at once.
/// </summary>
internal sealed class Believed<T>(TimeProvider time)
{
    public static readonly TimeSpan Trust = TimeSpan.FromMilliseconds(800);
    private const int Most = 20_000;

    private readonly Lock turn = new();
    private readonly Dictionary<(TenantId Owner, string Id), (T Value, long ReadAt)> known = [];
    private long forgotten;

    public async ValueTask<T> Get(TenantId owner, string id, Func<Task<T>> read)
    {
        var (key, now) = ((owner, id), time.GetTimestamp());
        long before;
        lock (turn)
        {
            if (known.TryGetValue(key, out var seen) && time.GetElapsedTime(seen.ReadAt, now) < Trust) return seen.Value;
            before = forgotten;
        }
        var value = await read();
        lock (turn)
        {
            if (known.Count >= Most) known.Clear();
            if (before == forgotten) known[key] = (value, now); // else it may have changed while we read
        }
        return value;
    }

    public void Forget(TenantId owner, string id)
    {
        lock (turn)
        {
            forgotten++;
            known.Remove((owner, id));
        }
    }

    public void ForgetAll()
    {
        lock (turn)
        {
            forgotten++;
            known.Clear();
        }
    }
}
