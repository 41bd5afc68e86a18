namespace CallCenter.Domain.Routing;

/// <summary>
/// After a start: the first to speak must not be the first to be served. Until every call that storage knows as open has said
/// where it waits, or the time for it is over, everything is taken in and nobody is served.
/// </summary>
public sealed partial class RoutingMachine
{
    /// <summary>How long the places of open calls are waited for: a call that cannot be read must not hold up all others.</summary>
    public static readonly TimeSpan LongestGathering = TimeSpan.FromSeconds(2.5);

    private Gathering? gathering;

    /// <summary>Begins to gather. To be followed by <see cref="Expect"/>, once it is known who is to be heard.</summary>
    /// <param name="at">The present instant.</param>
    public void Gather(DateTimeOffset at)
    {
        gathering ??= new(++serial);
        Wake(gathering, at + LongestGathering);
    }

    /// <summary>The calls that are open: each that has not spoken yet is asked, and when all have spoken, or there is none, those who wait are served.</summary>
    /// <param name="at">The present instant.</param>
    public Items<Effect> Expect(Items<Contact> open, DateTimeOffset at)
    {
        now = at;
        effects.Clear();
        if (gathering is not { Missing: null }) return [];
        gathering.Missing = [];
        foreach (var contact in open)
            if (!contacts.ContainsKey(contact) && gathering.Missing.Add(contact)) effects.Add(new AskContact(contact));
        if (gathering.Missing.Count == 0) EndGathering();
        ServeKept();
        return effects.ToItems();
    }

    /// <summary>A call has spoken of its place.</summary>
    private void Heard(Contact contact)
    {
        if (gathering?.Missing is { } missing && missing.Remove(contact) && missing.Count == 0) EndGathering();
    }

    /// <summary>Serves those who wait in the one order over all queues.</summary>
    private void EndGathering()
    {
        Wake(gathering!, null);
        gathering = null;
        if (ready > 0) ServeAll(agents.Values.Where(static agent => agent.Phase == AgentPhase.Free));
    }
}
