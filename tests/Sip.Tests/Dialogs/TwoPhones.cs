using System.Net;
using System.Text;
using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;
using CallCenter.Sip.Transport;

namespace CallCenter.Sip.Tests.Dialogs;

/// <summary>Two user agents on one loop with a clock by hand and a wire between them that a test can cut, all in one thread.</summary>
sealed class TwoPhones : IDisposable
{
    public readonly HandClock Clock = new();
    public readonly SipLoop Loop;
    public readonly Phone Bob;

    public Phone Alice { get; private set; }

    /// <summary>Every message that went onto the wire: who sent it, its first line.</summary>
    public readonly List<string> Log = [];

    readonly Queue<(Phone To, Phone From, byte[] Bytes)> wire = [];

    public TwoPhones(int seed = 1)
    {
        Loop = new(Clock, fault => throw new InvalidOperationException("a fault on the loop", fault));
        Alice = new("alice", 1, this, seed);
        Bob = new("bob", 2, this, seed + 1000);
    }

    /// <summary>Alice's program dies and is started anew in the same place.</summary>
    public void Replace() => Alice = new("alice", 1, this, seed: 77);

    /// <summary>True loses the message.</summary>
    public Func<string, bool> Loses { get; set; } = static _ => false;

    /// <summary>Delivers what is on the wire and fires what is due, until nothing moves.</summary>
    public TwoPhones Settle()
    {
        Loop.Turn();
        while (wire.TryDequeue(out var item))
        {
            var to = item.To.Name == Alice.Name ? Alice : Bob; // by place: whoever is there now
            to.Agent.Endpoint.OnDatagram(item.Bytes, to.Flow(item.From));
            Loop.Turn();
        }
        return this;
    }

    public TwoPhones Pass(double seconds)
    {
        for (var left = TimeSpan.FromSeconds(seconds); left > TimeSpan.Zero; left -= TimeSpan.FromMilliseconds(100))
        {
            Clock.Advance(TimeSpan.FromMilliseconds(100));
            Settle();
        }
        return this;
    }

    public Call Dial(string from = "Alice")
    {
        var call = Alice.Agent.Invite(new("sip:bob@192.0.2.2", $"\"{from}\" <sip:alice@192.0.2.1>", "<sip:bob@192.0.2.2>", Alice.Flow(Bob), "offer"u8.ToArray()), Alice);
        return Alice.Call = call;
    }

    /// <summary>A call in talk.</summary>
    public TwoPhones Talking()
    {
        Dial();
        Settle();
        Bob.Call!.Accept("answer"u8);
        return Settle();
    }

    void Put(Phone from, ReadOnlySpan<byte> message)
    {
        var line = $"{from.Name}: {Encoding.UTF8.GetString(message[..message.IndexOf("\r\n"u8)])}";
        var lost = Loses(line);
        Log.Add(lost ? $"({line})" : line);
        if (!lost) wire.Enqueue((from.Name == Alice.Name ? Bob : Alice, from, message.ToArray()));
    }

    /// <summary>How often a line went out, lost or not.</summary>
    public int Count(string line) => Log.Count(l => l.Trim('(', ')').StartsWith(line, StringComparison.Ordinal));

    public void Dispose() => Loop.Dispose();

    internal sealed class Phone : IAgentUser, ICallUser
    {
        readonly Port port;
        readonly IPEndPoint place;

        public Phone(string name, int host, TwoPhones on, int seed)
        {
            Name = name;
            place = A.At($"192.0.2.{host}", 5060);
            port = new(this, on);
            Agent = new(on.Loop, SipTimers.Rfc, new(seed), A.Rules, this);
        }

        public string Name { get; }
        public UserAgent Agent { get; }
        public Call? Call { get; set; }

        /// <summary>What the phone was told, in order.</summary>
        public List<string> Told { get; } = [];

        public ServerTransaction? Offer { get; private set; }

        /// <summary>What to do with an INVITE besides taking it as a call.</summary>
        public Action<Call> OnRing { get; set; } = static call => call.Progress(180);
        public Action<Call> OnUp { get; set; } = static _ => { };

        public SipFlow Flow(Phone other) => new(port, other.place);

        public void OnInvite(ServerTransaction transaction, SipRequest invite)
        {
            if (Agent.Take(transaction, this) is not { } call) return;
            Call = call;
            OnRing(call);
        }

        public void OnRequest(ServerTransaction transaction, SipRequest request) => transaction.Respond(200);
        public void OnCancelled(ServerTransaction invite) => Told.Add("cancelled");
        public void OnProgress(Call call, SipResponse response) => Told.Add($"progress {response.Status}");
        public void OnAcknowledged(Call call, SipRequest ack) => Told.Add("acknowledged");

        public void OnAnswered(Call call, SipResponse response)
        {
            Told.Add("answered");
            OnUp(call);
        }

        public void OnOffer(Call call, ServerTransaction transaction, SipRequest request)
        {
            Told.Add("offer");
            Offer = transaction;
        }

        public void OnOfferAnswered(Call call, SipResponse? response) => Told.Add($"offer answered {response?.Status}");
        public void OnRequest(Call call, ServerTransaction transaction, SipRequest request) => transaction.Respond(200);
        public void OnEnded(Call call, CallEnd end) => Told.Add($"ended {end.Kind} {end.Status}");

        sealed class Port(Phone owner, TwoPhones on) : SipTransport
        {
            public override string ViaName => "UDP";
            public override bool IsReliable => false;
            public override ReadOnlyMemory<byte> SentBy { get; } = Encoding.ASCII.GetBytes(owner.place.ToString());

            public override bool TrySend(ReadOnlySpan<byte> message, IPEndPoint to)
            {
                on.Put(owner, message);
                return true;
            }
        }
    }
}
