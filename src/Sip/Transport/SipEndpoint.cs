using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;

namespace CallCenter.Sip.Transport;

/// <summary>One user agent's transport and transaction layers (RFC 3261 §17, §18) on one loop. Every member is called on the loop.</summary>
public sealed class SipEndpoint(SipLoop loop, SipTimers timers, ISipUser user, SipTokens tokens) : IDatagrams
{
    public SipLoop Loop => loop;
    public SipTimers Timers => timers;
    public SipTokens Tokens => tokens;
    public SipCounters Counters { get; } = new();
    internal ISipUser User => user;
    internal TransactionTable Table { get; } = new();

    /// <summary>At most so many transactions; new requests beyond are refused with 503 without one. 200,000 are 32 s of 1,000 calls/s.</summary>
    public int MostTransactions { get; init; } = 200_000;

    /// <summary>A bound reached is a flood or a stall; neither is over sooner.</summary>
    const int RetrySeconds = 5;

    /// <summary>Asked before a datagram is parsed; false drops it. Where the edge keeps limits per source.</summary>
    public Func<SipFlow, bool>? Gate { get; set; }

    /// <summary>Told of every well-formed message that comes and of every one that left; null where nobody wants to know.</summary>
    public IMessageTap? Tap { get; set; }

    /// <summary>Transactions alive now, client and server.</summary>
    public int Transactions => Table.Clients + Table.Servers;

    /// <summary>Starts a request: request line, Via with a new branch, Max-Forwards.</summary>
    public SipWriter Request(SipMethod method, ReadOnlySpan<byte> uri, in SipFlow to) =>
        SipWriter.Request(method, uri, new(to.Transport!.ViaName, to.Transport.SentBy, tokens.Next()));

    /// <summary>Sends a request in a client transaction of its own. Not for ACK: see <see cref="SendAck"/>.</summary>
    /// <param name="client">Null where nobody cares for the answer.</param>
    public ClientTransaction Send(in OutgoingRequest request, SipFlow to, IClientUser? client)
    {
        var transaction = Prepare(request, to, client);
        Start(transaction);
        return transaction;
    }

    /// <summary>Makes a client transaction without starting it, for a user that must know it before its first report.</summary>
    internal ClientTransaction Prepare(in OutgoingRequest request, SipFlow to, IClientUser? client) => new(this, request, to, client);

    /// <summary>Takes up an INVITE that an earlier start of this program had sent: nothing is sent by this, but what the peer says to it comes here.</summary>
    internal ClientTransaction TakeUp(in OutgoingRequest invite, SipFlow to, IClientUser client)
    {
        var transaction = new ClientTransaction(this, invite, to, client, TransactionState.Proceeding);
        if (!Table.TryAdd(transaction)) throw new InvalidOperationException("a branch is taken up once");
        return transaction;
    }

    internal void Start(ClientTransaction transaction)
    {
        if (!Table.TryAdd(transaction)) throw new InvalidOperationException("a branch is used once");
        transaction.Start();
    }

    /// <summary>Sends the ACK of a 2xx, which has no transaction (§13.2.2.4); send it again for every repeated 2xx.</summary>
    public void SendAck(ReadOnlySpan<byte> ack, SipFlow to) => TrySend(ack, to);

    /// <summary>Answers a request outside a transaction (§8.2.7).</summary>
    public void AnswerStateless(SipRequest request, int status, string? reason = null) =>
        TryAnswer(SipWriter.Response(request, status, SipTokens.StatelessTag(request), reason).Finish(), request, request.Source);

    /// <summary>Takes one datagram in. Survives anything.</summary>
    public void OnDatagram(ReadOnlySpan<byte> datagram, SipFlow from)
    {
        if (Gate is { } gate && !gate(from))
        {
            Counters.Refused++;
            return;
        }
        if (!SipParser.TryParse(datagram, out var message, out var fault))
        {
            OnFault(fault, from);
            return;
        }
        Tap?.Came(message, from);
        if (message is SipRequest request) OnRequest(request, from);
        else OnResponse((SipResponse)message, from);
    }

    void OnFault(in SipFault fault, SipFlow from)
    {
        if (fault.Kind == SipFaultKind.KeepAlive)
        {
            Counters.KeepAlives++;
            return;
        }
        Counters.Malformed++;
        if (fault.Request is null) return;
        Counters.MalformedAnswered++;
        fault.Request.Source = from;
        AnswerStateless(fault.Request, fault.Status, fault.Reason);
    }

    /// <summary>A message off a stream that says nothing of its length (§18.3): a request is refused, a response dropped.</summary>
    internal void OnUnbounded(byte[] head, SipFlow from)
    {
        Counters.Malformed++;
        if (!SipParser.TryParse(head, out var message, out var fault)) message = fault.Request;
        if (message is not SipRequest request || request.Method == SipMethod.Ack) return;
        Counters.MalformedAnswered++;
        request.Source = from;
        AnswerStateless(request, 400, "Missing Content-Length");
    }

    void OnRequest(SipRequest request, SipFlow from)
    {
        Counters.Requests++;
        request.Source = from;
        if (Table.TryFind(request, out var known))
        {
            if (request.Method != SipMethod.Ack) Counters.Retransmissions++;
            known.Receive(request);
        }
        else if (request.Method == SipMethod.Ack) user.OnAck(request);
        else if (Transactions >= MostTransactions)
        {
            Counters.Refused++;
            TryAnswer(SipWriter.Response(request, 503, SipTokens.StatelessTag(request)).Header(HeaderName.RetryAfter, RetrySeconds).Finish(), request, from);
        }
        else if (request.Method == SipMethod.Cancel) OnCancel(request, from);
        else Open(request, from);
    }

    void Open(SipRequest request, SipFlow from)
    {
        var merged = Table.IsMerged(request);
        var transaction = Add(request, from);
        if (merged)
        {
            Counters.Merged++;
            transaction.Respond(482);
            return;
        }
        user.OnRequest(transaction, request);
        if (request.Method == SipMethod.Invite && transaction.LastStatus == 0) transaction.Respond(100);
    }

    /// <summary>A CANCEL is answered at once; it has an effect only on an INVITE still unanswered (§9.2).</summary>
    void OnCancel(SipRequest cancel, SipFlow from)
    {
        var transaction = Add(cancel, from);
        if (!Table.TryFindCancelled(cancel, out var invite))
        {
            transaction.Respond(481);
            return;
        }
        transaction.Respond(200, SipWriter.Response(cancel, 200, System.Text.Encoding.ASCII.GetBytes(invite.ToTag)).Finish());
        if (!invite.IsAnswered) user.OnCancel(invite, cancel);
    }

    ServerTransaction Add(SipRequest request, SipFlow from)
    {
        var transaction = new ServerTransaction(this, request, from);
        Table.Add(transaction);
        return transaction;
    }

    /// <summary>A response that names other hops besides ours, or came to a branch that we never made, was not meant for us (§8.1.3.3, §18.1.2).</summary>
    void OnResponse(SipResponse response, SipFlow from)
    {
        Counters.Responses++;
        response.Source = from;
        if (HasFurtherVia(response) || !Table.TryFind(response, out var transaction) || !SentByUs(response, transaction)) Counters.Stray++;
        else transaction.Receive(response);
    }

    static bool SentByUs(SipResponse response, ClientTransaction transaction)
    {
        var sentBy = transaction.Flow.Transport!.SentBy.Span;
        ref readonly var via = ref response.Via;
        return sentBy.StartsWith(via.Host) && (sentBy.Length == via.Host.Length || sentBy[via.Host.Length] == ':');
    }

    static bool HasFurtherVia(SipResponse response)
    {
        var elements = response.Elements(HeaderName.Via);
        return elements.MoveNext() && elements.MoveNext();
    }

    internal bool TryAnswer(ReadOnlySpan<byte> response, SipRequest request, SipFlow flow) => TrySend(response, ResponseRoute.Of(request, flow));

    internal bool TrySend(ReadOnlySpan<byte> message, SipFlow to)
    {
        if (to.Transport is { } transport && to.Remote is { } remote && transport.TrySend(message, remote))
        {
            Counters.Sent++;
            Tap?.Left(message, to);
            return true;
        }
        Counters.SendErrors++;
        return false;
    }
}
