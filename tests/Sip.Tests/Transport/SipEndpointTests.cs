using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;
using CallCenter.Sip.Transport;

namespace CallCenter.Sip.Tests.Transport;

public sealed class SipEndpointTests : ISipUser, IClientUser, IDisposable
{
    readonly HandClock clock = new();
    readonly SipLoop loop;
    readonly Recorder wire = new();
    readonly SipEndpoint endpoint;
    readonly List<string> told = [];
    ServerTransaction? last;

    public SipEndpointTests()
    {
        loop = new(clock, fault => throw new InvalidOperationException("a fault on the loop", fault));
        endpoint = new(loop, SipTimers.Rfc, this, new(1)) { MostTransactions = 50 };
    }

    void ISipUser.OnRequest(ServerTransaction transaction, SipRequest request)
    {
        told.Add($"request {request.Method}");
        last = transaction;
    }

    void ISipUser.OnAck(SipRequest ack) => told.Add("ack");
    void ISipUser.OnCancel(ServerTransaction invite, SipRequest cancel) => told.Add("cancel");
    void ISipUser.OnServerFailed(ServerTransaction transaction, TransactionFailure failure) => told.Add($"server {failure}");
    void IClientUser.OnResponse(ClientTransaction transaction, SipResponse response) => told.Add($"response {response.Status}");
    void IClientUser.OnFailed(ClientTransaction transaction, TransactionFailure failure) => told.Add($"client {failure}");

    SipFlow From(string address = "192.0.2.1", int port = 5060) => new(wire, A.At(address, port));

    void Receive(string text, string address = "192.0.2.1", int port = 5060) => endpoint.OnDatagram(A.Bytes(text), From(address, port));

    string[] Lines => [.. wire.Sent.Select(s => s.Text[..s.Text.IndexOf('\r', StringComparison.Ordinal)])];

    static string Invite(string branch = "z9hG4bKa", string tag = "1", string method = "INVITE", string to = "<sip:b@h>", int number = 1) =>
        $"{method} sip:b@h SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.1;branch={branch}\nMax-Forwards: 70\nFrom: <sip:a@h>;tag={tag}\nTo: {to}\nCall-ID: c\nCSeq: {number} {method}\nContact: <sip:a@192.0.2.1>\n\n";

    [Fact]
    public void A_retransmitted_request_is_answered_from_memory()
    {
        Receive(Invite());
        last!.Respond(180);
        Receive(Invite());
        Assert.Equal(["SIP/2.0 100 Trying", "SIP/2.0 180 Ringing", "SIP/2.0 180 Ringing"], Lines);
        Assert.Equal(["request Invite"], told);
    }

    [Fact]
    public void The_ACK_of_a_failure_ends_with_the_transaction_and_that_of_a_2xx_goes_to_the_user()
    {
        Receive(Invite());
        last!.Respond(486);
        Receive(Invite(method: "ACK"));
        Assert.Equal(TransactionState.Confirmed, last.State);
        Receive(Invite("z9hG4bKb", "2"));
        last.Respond(200);
        Receive(Invite("z9hG4bKc", "2", "ACK"));
        Assert.Equal(["request Invite", "request Invite", "ack"], told);
    }

    [Fact]
    public void A_failure_is_sent_again_until_its_ACK_and_given_up_after_64_T1()
    {
        Receive(Invite());
        last!.Respond(404);
        for (var i = 0; i < 330; i++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            loop.Turn();
        }
        Assert.Equal(11, Lines.Count(l => l.Contains("404", StringComparison.Ordinal)));
        Assert.Equal(["request Invite", "server Timeout"], told);
        Assert.Equal(0, endpoint.Transactions);
    }

    [Fact]
    public void The_same_request_by_two_ways_is_a_loop_but_a_refused_one_may_come_again()
    {
        Receive(Invite());
        Receive(Invite("z9hG4bKother"));
        Assert.Equal("SIP/2.0 482 Loop Detected", Lines[^1]);
        last!.Respond(401);
        Receive(Invite("z9hG4bKthird"));
        Assert.Equal(2, told.Count);
    }

    [Fact]
    public void A_CANCEL_is_matched_by_branch_and_sent_by()
    {
        Receive(Invite());
        Receive(Invite("z9hG4bKx", method: "CANCEL"));
        Assert.Equal("SIP/2.0 481 Call/Transaction Does Not Exist", Lines[^1]);
        Receive(Invite(method: "CANCEL"));
        Assert.Equal("SIP/2.0 200 OK", Lines[^1]);
        Assert.Equal(["request Invite", "cancel"], told);
    }

    [Fact]
    public void A_CANCEL_after_the_final_answer_changes_nothing()
    {
        Receive(Invite());
        last!.Respond(200);
        Receive(Invite(method: "CANCEL"));
        Assert.Equal("SIP/2.0 200 OK", Lines[^1]);
        Assert.Equal(["request Invite"], told);
    }

    [Fact]
    public void Clients_of_RFC_2543_are_matched_without_a_branch()
    {
        var old = Invite().Replace(";branch=z9hG4bKa", "", StringComparison.Ordinal);
        Receive(old);
        Receive(old);
        last!.Respond(486);
        Receive(old.Replace("INVITE", "ACK", StringComparison.Ordinal));
        Assert.Equal(["request Invite"], told);
        Assert.Equal(TransactionState.Confirmed, last.State);
    }

    [Theory] // RFC 3261 §18.2.2, RFC 3581 §4
    [InlineData("192.0.2.1:5070;branch=z9hG4bKa", 5070)]
    [InlineData("192.0.2.1;branch=z9hG4bKa", 5060)]
    [InlineData("10.0.0.1:5070;branch=z9hG4bKa", 5070)]
    [InlineData("10.0.0.1:5070;rport;branch=z9hG4bKa", 40_000)]
    public void Answers_go_to_the_source_address_and_to_the_port_of_Via_or_rport(string via, int port)
    {
        Receive(Invite().Replace("192.0.2.1;branch=z9hG4bKa", via, StringComparison.Ordinal), "192.0.2.9", 40_000);
        Assert.Equal(A.At("192.0.2.9", port), wire.Sent[0].To);
    }

    [Fact]
    public void A_broken_request_is_answered_and_nothing_is_kept()
    {
        Receive(Invite().Replace("CSeq: 1 INVITE", "CSeq: x", StringComparison.Ordinal));
        Assert.Equal(["SIP/2.0 400 Bad CSeq"], Lines);
        Receive("SIP/2.0 200 OK\nVia: x\n\n");
        Assert.Equal((1, 0, 2, 1), (wire.Sent.Count, endpoint.Transactions, endpoint.Counters.Malformed, endpoint.Counters.MalformedAnswered));
    }

    [Fact]
    public void Beyond_its_bound_new_requests_are_refused_without_being_kept()
    {
        for (var i = 0; i < 60; i++) Receive(Invite($"z9hG4bK{i}", $"{i}"));
        Assert.Equal((50, "SIP/2.0 503 Service Unavailable"), (endpoint.Transactions, Lines[^1]));
    }

    [Fact]
    public void The_gate_drops_before_anything_is_parsed()
    {
        endpoint.Gate = static from => from.Remote!.Port != 666;
        Receive(Invite(), port: 666);
        Assert.Empty(wire.Sent);
        Assert.Equal(1, endpoint.Counters.Refused);
    }

    ClientTransaction Send(SipMethod method = SipMethod.Options)
    {
        var request = endpoint.Request(method, "sip:b@h"u8, From()).Header(HeaderName.From, "<sip:a@h>;tag=1").Header(HeaderName.To, "<sip:b@h>").Header(HeaderName.CallId, "c").CSeq(1, method);
        return endpoint.Send(request.FinishRequest(), From(), this);
    }

    static string Answer(ClientTransaction to, int status, string extra = "") =>
        A.Text(SipWriter.Response(to.Request, status, "t"u8).Finish()).Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\nFrom:", $"{extra}\nFrom:", StringComparison.Ordinal);

    [Fact]
    public void Responses_find_their_request_and_strays_are_counted()
    {
        var options = Send();
        Receive(Answer(options, 200).Replace("z9hG4bK", "z9hG4bKf", StringComparison.Ordinal));
        Receive(Answer(options, 200, "\nVia: SIP/2.0/UDP elsewhere;branch=z9hG4bKq"));
        Receive(Answer(options, 200).Replace("192.0.2.100", "192.0.2.101", StringComparison.Ordinal));
        Assert.Equal(3, endpoint.Counters.Stray);
        Receive(Answer(options, 200));
        Receive(Answer(options, 200));
        Assert.Equal(["response 200"], told);
    }

    [Fact]
    public void A_request_that_cannot_be_sent_fails_at_once()
    {
        wire.Broken = true;
        Send();
        Assert.Equal(["client TransportError"], told);
        Assert.Equal(0, endpoint.Transactions);
    }

    [Fact]
    public void The_ACK_of_a_failure_repeats_Via_and_number_and_takes_the_To_of_the_response()
    {
        var invite = Send(SipMethod.Invite);
        Receive(Answer(invite, 486));
        var ack = (SipRequest)(SipParser.TryParse(System.Text.Encoding.UTF8.GetBytes(wire.Sent[^1].Text), out var m, out _) ? m : throw new InvalidDataException());
        Assert.Equal((SipMethod.Ack, 1u, "t"), (ack.Method, ack.CSeq.Number, System.Text.Encoding.UTF8.GetString(ack.To.Tag)));
        Assert.Equal(invite.Request.Via.Text, ack.Via.Text);
        Receive(Answer(invite, 486));
        Assert.Equal(2, Lines.Count(l => l.StartsWith("ACK", StringComparison.Ordinal)));
        Assert.Equal(["response 486"], told);
    }

    [Fact]
    public void A_cancelled_INVITE_without_a_final_answer_ends_after_64_T1()
    {
        var invite = Send(SipMethod.Invite);
        Receive(Answer(invite, 180));
        invite.Cancel();
        Assert.StartsWith("CANCEL", Lines[^1], StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromSeconds(32.1));
        loop.Turn();
        Assert.Equal(["response 180", "client Timeout"], told);
        Assert.Equal(0, endpoint.Transactions);
    }

    public void Dispose() => loop.Dispose();
}
