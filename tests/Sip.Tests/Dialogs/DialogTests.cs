using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;
using CallCenter.Sip.Transactions;
using CallCenter.Sip.Transport;

namespace CallCenter.Sip.Tests.Dialogs;

public sealed class DialogTests : IDisposable
{
    readonly SipLoop loop = new(new HandClock(), fault => throw new InvalidOperationException("a fault on the loop", fault));
    readonly Recorder wire = new();

    SipFlow Flow => new(wire, A.At("192.0.2.1", 5060));

    SipEndpoint Endpoint => new(loop, SipTimers.Rfc, null!, new(1));

    static Dialog OfCaller(string routes, string contact = "<sip:bob@192.0.2.4>")
    {
        var response = A.Response(A.Invite.Replace("INVITE sip:bob@biloxi.com SIP/2.0", "SIP/2.0 200 OK", StringComparison.Ordinal)
            .Replace("To: Bob <sip:bob@biloxi.com>", "To: Bob <sip:bob@biloxi.com>;tag=a6c85cf", StringComparison.Ordinal)
            .Replace("Contact: <sip:alice@pc33.atlanta.com>", $"Contact: {contact}\n{routes}".TrimEnd(), StringComparison.Ordinal));
        Assert.True(Dialog.TryOfCaller(A.Request(A.Invite), response, out var dialog));
        return dialog!;
    }

    SipRequest Next(Dialog dialog, SipMethod method = SipMethod.Bye) => (SipRequest)A.Message(A.Text(dialog.Request(Endpoint, method, Flow).Finish()));

    static string[] Routes(SipRequest request)
    {
        var routes = new List<string>();
        foreach (var route in request.Elements(HeaderName.Route)) routes.Add(System.Text.Encoding.UTF8.GetString(route.Span));
        return [.. routes];
    }

    [Fact] // RFC 3261 §12.1.2: the caller takes the Record-Route in reverse
    public void The_caller_goes_back_along_the_route_to_the_contact()
    {
        var dialog = OfCaller("Record-Route: <sip:p2.example.com;lr>, <sip:p1.example.com;lr>");
        var bye = Next(dialog);
        Assert.Equal("sip:bob@192.0.2.4", bye.Uri.ToString());
        Assert.Equal(["<sip:p1.example.com;lr>", "<sip:p2.example.com;lr>"], Routes(bye));
        Assert.Equal("sip:p1.example.com;lr", dialog.NextHop.ToString());
        Assert.Equal((314160u, "Alice <sip:alice@atlanta.com>;tag=1928301774", "Bob <sip:bob@biloxi.com>;tag=a6c85cf"), (bye.CSeq.Number, bye.From.ToString(), bye.To.ToString()));
    }

    [Fact] // RFC 3261 §12.2.1.1, §16.12.1.2
    public void A_strict_router_becomes_the_request_URI_and_the_contact_the_last_route()
    {
        var bye = Next(OfCaller("Record-Route: <sip:p2.example.com;lr>, <sip:p1.example.com>"));
        Assert.Equal("sip:p1.example.com", bye.Uri.ToString());
        Assert.Equal(["<sip:p2.example.com;lr>", "<sip:bob@192.0.2.4>"], Routes(bye));
    }

    [Fact] // RFC 3261 §12.1.1: the callee keeps the order
    public void The_callee_swaps_the_ends_and_numbers_its_own_requests()
    {
        var invite = A.Request(A.Invite.Replace("Contact:", "Record-Route: <sip:p2.example.com;lr>, <sip:p1.example.com;lr>\nContact:", StringComparison.Ordinal));
        Assert.True(Dialog.TryOfCallee(invite, "mine", out var dialog));
        var bye = Next(dialog!);
        Assert.Equal(["<sip:p2.example.com;lr>", "<sip:p1.example.com;lr>"], Routes(bye));
        Assert.Equal(("Bob <sip:bob@biloxi.com>;tag=mine", "Alice <sip:alice@atlanta.com>;tag=1928301774"), (bye.From.ToString(), bye.To.ToString()));
        Assert.Equal((1u, 2u), (bye.CSeq.Number, Next(dialog!).CSeq.Number));
    }

    [Fact]
    public void Numbers_must_rise_but_may_leave_gaps()
    {
        Assert.True(Dialog.TryOfCallee(A.Request(A.Invite), "mine", out var dialog));
        SipRequest With(uint number) => A.Request(A.Options("X: y", "INFO").Replace("CSeq: 8", $"CSeq: {number}", StringComparison.Ordinal));
        Assert.Equal([false, true, true, false, false], new uint[] { 314159, 314160, 400000, 400000, 314161 }.Select(n => dialog!.TryAdvance(With(n))));
    }

    [Fact]
    public void A_refresh_changes_the_target_and_not_the_route()
    {
        var dialog = OfCaller("Record-Route: <sip:p1.example.com;lr>");
        dialog.Refresh(A.Request(A.Options("Contact: <sip:bob@192.0.2.77:5090>", "UPDATE")));
        var bye = Next(dialog);
        Assert.Equal("sip:bob@192.0.2.77:5090", bye.Uri.ToString());
        Assert.Equal(["<sip:p1.example.com;lr>"], Routes(bye));
    }

    [Theory]
    [InlineData("192.0.2.1", 5060, "sip:a@192.0.2.1", "192.0.2.1:5060")]
    [InlineData("192.0.2.1", 40000, "sip:a@192.0.2.1:5070", "192.0.2.1:5070")]
    [InlineData("192.0.2.1", 40000, "sip:a@10.0.0.9:5070", "192.0.2.1:40000")]
    [InlineData("192.0.2.1", 40000, "sip:a@phone.example.com", "192.0.2.1:40000")]
    public void A_differing_port_is_no_NAT_but_a_differing_address_is(string seen, int port, string target, string goes) =>
        Assert.Equal(goes, FlowChoice.For(A.Uri(target), new(wire, A.At(seen, port))).Remote!.ToString());

    public void Dispose() => loop.Dispose();
}
