namespace CallCenter.Media.Transport;

/// <summary>
/// A value that one thread writes often and others read now and then, without a lock on either side: it is written between two
/// steps of a count, and who read it while the count was odd or moved on reads again.
/// </summary>
sealed class Published<T> where T : struct
{
    T value;
    int count;

    /// <summary>One thread only.</summary>
    public void Write(in T next)
    {
        Volatile.Write(ref count, count + 1);
        Interlocked.MemoryBarrier();
        value = next;
        Interlocked.MemoryBarrier();
        Volatile.Write(ref count, count + 1);
    }

    public T Read()
    {
        var wait = new SpinWait();
        while (true)
        {
            var before = Volatile.Read(ref count);
            Interlocked.MemoryBarrier();
            var copy = value;
            Interlocked.MemoryBarrier();
            if (int.IsEvenInteger(before) && before == Volatile.Read(ref count)) return copy;
            wait.SpinOnce();
        }
    }
}
