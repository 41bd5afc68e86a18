using CallCenter.Contracts.Edges;
using CallCenter.Domain;
using CallCenter.Domain.Calls;
using CallCenter.Domain.Tenants;

namespace CallCenter.Kit.Ports;

/// <summary>What edges keep of their sessions, in memory: two edges that are given one of these are an edge and its next start.</summary>
public sealed class MemoryDialogs : IDialogStore
{
    readonly Dictionary<int, KeptDialog> kept = [];
    readonly Lock gate = new();
    int last;
    DateTimeOffset? alive;

    /// <summary>What a crash would leave behind now.</summary>
    public KeptDialog[] Now
    {
        get { lock (gate) return [.. kept.Values]; }
    }

    public IDialogBook Open(EdgeId edge) => new Book(this, Now.ToItems(), alive);

    sealed class Book(MemoryDialogs store, Items<KeptDialog> left, DateTimeOffset? lastAlive) : IDialogBook
    {
        public Items<KeptDialog> Left => left;
        public DateTimeOffset? LastAlive => lastAlive;
        public void Alive(DateTimeOffset now) => store.alive = now;

        public int Keep(int ticket, TenantId owner, ReadOnlySpan<byte> content)
        {
            lock (store.gate)
            {
                if (ticket == 0) ticket = ++store.last;
                store.kept[ticket] = new(ticket, owner, content.ToArray());
                return ticket;
            }
        }

        public void Forget(int ticket)
        {
            lock (store.gate) store.kept.Remove(ticket);
        }

        public void Dispose() { }
    }
}
