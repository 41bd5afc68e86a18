namespace CallCenter.Grains.Subjects;

/// <summary>Numbers the activations of this process: a later one is always higher, also than those before a restart.</summary>
sealed class Epochs(TimeProvider clock)
{
    long last;

    public long Next()
    {
        var now = clock.GetUtcNow().UtcTicks;
        while (true)
        {
            var before = Volatile.Read(ref last);
            var next = long.Max(now, before + 1);
            if (Interlocked.CompareExchange(ref last, next, before) == before) return next;
        }
    }
}
