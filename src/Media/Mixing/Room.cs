using CallCenter.Media.Transport;

namespace CallCenter.Media.Mixing;

/// <summary>
/// A room on its loop thread. It answers one question per packet: who hears this member? With two members that is the other
/// one, and the packet passes straight through.
/// </summary>
sealed class Room
{
    readonly List<Leg> members = new(2);

    public int Count => members.Count;

    public void Add(Leg leg)
    {
        members.Add(leg);
        Rewire();
    }

    public void Remove(Leg leg)
    {
        members.Remove(leg);
        leg.Listener = null;
        Rewire();
    }

    /// <summary>Settled at each change of membership, so that a packet costs one field read. More than two need a mixer: until then only the first two hear each other.</summary>
    void Rewire()
    {
        foreach (var member in members) member.Listener = null;
        if (members is [var a, var b, ..]) (a.Listener, b.Listener) = (b, a);
    }
}
