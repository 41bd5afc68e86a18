using System.Diagnostics.CodeAnalysis;
using CallCenter.Sip.Messages;

namespace CallCenter.Sip.Transactions;

/// <summary>Finds the transaction a message belongs to (RFC 3261 §17.1.3, §17.2.3).</summary>
sealed class TransactionTable
{
    /// <summary>A table of so few places is never made smaller.</summary>
    const int LeastPlaces = 4096;

    readonly Dictionary<(ulong Branch, SipMethod Method), ClientTransaction> clients = [];
    readonly Dictionary<ServerKey, ServerTransaction> servers = [];
    readonly Dictionary<MergeKey, ServerTransaction> openings = [];

    public int Clients => clients.Count;
    public int Servers => servers.Count;

    /// <summary>False where the branch is in use, which is a fault of the sender.</summary>
    public bool TryAdd(ClientTransaction transaction) => clients.TryAdd((transaction.Outgoing.Branch, transaction.Method), transaction);

    public void Add(ServerTransaction transaction)
    {
        var request = transaction.Request;
        servers[ServerKey.Of(request)] = transaction;
        if (request.To.Tag.IsEmpty) openings[new(request)] = transaction;
    }

    /// <summary>By our branch and the method of CSeq, which tells a CANCEL's answer from its INVITE's.</summary>
    public bool TryFind(SipResponse response, [NotNullWhen(true)] out ClientTransaction? transaction)
    {
        transaction = null;
        return ViaStamp.TryBranch(response.Via.Branch, out var branch) && clients.TryGetValue((branch, response.CSeq.Method), out transaction);
    }

    public bool TryFind(SipRequest request, [NotNullWhen(true)] out ServerTransaction? transaction) => servers.TryGetValue(ServerKey.Of(request), out transaction);

    public bool TryFindCancelled(SipRequest cancel, [NotNullWhen(true)] out ServerTransaction? invite) => servers.TryGetValue(ServerKey.CancelledBy(cancel), out invite);

    /// <summary>True where the request is another one's copy that took another way (§8.2.2.2). A copy of what was refused already is let in: phones exist that send the same CSeq again with credentials.</summary>
    public bool IsMerged(SipRequest request) => request.To.Tag.IsEmpty && openings.TryGetValue(new(request), out var other) && !other.HasFailed;

    public void Remove(ClientTransaction transaction)
    {
        clients.Remove((transaction.Outgoing.Branch, transaction.Method));
        Shrink(clients);
    }

    public void Remove(ServerTransaction transaction)
    {
        servers.Remove(ServerKey.Of(transaction.Request));
        var opening = new MergeKey(transaction.Request);
        if (openings.TryGetValue(opening, out var holder) && ReferenceEquals(holder, transaction)) openings.Remove(opening);
        Shrink(servers);
        Shrink(openings);
    }

    /// <summary>A flood makes a table large; it does not stay so when the flood is over.</summary>
    static void Shrink<TKey, TTransaction>(Dictionary<TKey, TTransaction> table) where TKey : notnull
    {
        if (table.Capacity > LeastPlaces && table.Count < table.Capacity / 8) table.TrimExcess(Math.Max(LeastPlaces / 2, 2 * table.Count));
    }
}
