using System.Runtime.CompilerServices;

namespace CallCenter.Media.Ice;

/// <summary>The paths on which the peer has proved itself last; of too many, the one that was silent longest is forgotten.</summary>
struct KnownPaths
{
    public const int Most = 8;

    Entries entries;

    public readonly bool Contains(in IcePath path)
    {
        for (var i = 0; i < Most; i++)
            if (entries[i].Path == path) return !path.IsNone;
        return false;
    }

    /// <param name="kept">This one is not forgotten.</param>
    public void Note(in IcePath path, in IcePath kept, long now)
    {
        var at = -1;
        for (var i = 0; i < Most; i++)
        {
            ref var entry = ref entries[i];
            if (entry.Path == path || entry.Path.IsNone)
            {
                at = i;
                break;
            }
            if (entry.Path != kept && (at < 0 || entry.HeardAt < entries[at].HeardAt)) at = i;
        }
        entries[at] = new(path, now);
    }

    readonly record struct Entry(IcePath Path, long HeardAt);

    [InlineArray(Most)]
    struct Entries
    {
        Entry first;
    }
}
