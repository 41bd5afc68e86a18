using CallCenter.Sip.Messages;
using CallCenter.Sip.Transport;

namespace CallCenter.Sip.Tests.Messages;

public sealed class SipParserTests
{
    [Fact]
    public void The_INVITE_of_RFC_3261_section_24_is_read()
    {
        var invite = A.Request(A.Invite);
        Assert.Equal(SipMethod.Invite, invite.Method);
        Assert.Equal("sip:bob@biloxi.com", invite.Uri.ToString());
        Assert.Equal(("Bob", "Alice"), (invite.To.DisplayText, invite.From.DisplayText));
        Assert.Equal("1928301774"u8, invite.From.Tag);
        Assert.True(invite.To.Tag.IsEmpty);
        Assert.Equal("z9hG4bK776asdhds"u8, invite.Via.Branch);
        Assert.Equal(new CSeq(314159, SipMethod.Invite), invite.CSeq);
        Assert.True(invite.ContentIs("application/sdp"u8));
        Assert.Equal(4, invite.Body.Length);
    }

    [Fact]
    public void Compact_and_writtennames_are_the_same_header()
    {
        var written = A.Request(A.Options("Supported: 100rel, timer\nContact: <sip:a@b>"));
        var compact = A.Request(A.Options("k: 100rel\nK : timer\nm: <sip:a@b>"));
        Assert.True(written.Lists(HeaderName.Supported, "TIMER"u8) && compact.Lists(HeaderName.Supported, "timer"u8));
        Assert.True(compact.TryAddress(HeaderName.Contact, out _));
    }

    [Fact]
    public void Commas_in_quotes_and_brackets_part_nothing()
    {
        var request = A.Request(A.Options("Contact: \"Doe, J\" <sip:a@b;x=1,2>;q=0.5, <sip:c,d@e>\nContact: sip:f@g"));
        var contacts = new List<string>();
        foreach (var contact in request.Elements(HeaderName.Contact)) contacts.Add(System.Text.Encoding.UTF8.GetString(contact.Span));
        Assert.Equal(["\"Doe, J\" <sip:a@b;x=1,2>;q=0.5", "<sip:c,d@e>", "sip:f@g"], contacts);
    }

    [Fact]
    public void An_unknown_header_keeps_its_name_and_value()
    {
        var request = A.Request(A.Options("X-Odd_Name:  Some;Thing , else\t"));
        Assert.Equal("Some;Thing , else"u8, request.Value("x-odd_name"u8).Span);
    }

    [Fact]
    public void Bare_line_feeds_end_lines_too() =>
        Assert.True(SipParser.TryParse(System.Text.Encoding.UTF8.GetBytes(A.Options().ReplaceLineEndings("\n")), out _, out _));

    [Theory]
    [InlineData("Max-Forwards: 70", "Max-Forwards: 256", SipFaultKind.BadHeader)]
    [InlineData("Max-Forwards: 70", "No colon here", SipFaultKind.BadHeader)]
    [InlineData("Max-Forwards: 70", "X: a\rEvil: b", SipFaultKind.BadHeader)]
    [InlineData("CSeq: 8 OPTIONS", "CSeq: 2147483648 OPTIONS", SipFaultKind.BadHeader)]
    [InlineData("CSeq: 8 OPTIONS", "CSeq: 8OPTIONS", SipFaultKind.BadHeader)]
    [InlineData("CSeq: 8 OPTIONS", "CSeq: -8 OPTIONS", SipFaultKind.BadHeader)]
    [InlineData("CSeq: 8 OPTIONS", "CSeq: 8 options", SipFaultKind.MethodMismatch)]
    [InlineData("Content-Length: 0", "Content-Length: 1", SipFaultKind.BodyCut)]
    [InlineData("SIP/2.0\n", "SIP/3.0\n", SipFaultKind.BadVersion)]
    [InlineData("OPTIONS sip:", "OPTIONS  sip:", SipFaultKind.BadStartLine)]
    public void A_broken_request_is_told_apart_and_can_be_answered(string good, string bad, SipFaultKind kind)
    {
        var text = A.Options();
        var at = text.IndexOf(good, StringComparison.Ordinal);
        var bytes = System.Text.Encoding.UTF8.GetBytes((text[..at] + bad + text[(at + good.Length)..]).Replace("\n", "\r\n", StringComparison.Ordinal));
        Assert.False(SipParser.TryParse(bytes, out _, out var fault));
        Assert.Equal(kind, fault.Kind);
        Assert.NotNull(fault.Request);
    }

    [Fact]
    public void A_broken_ACK_is_never_answered()
    {
        Assert.False(SipParser.TryParse(A.Bytes(A.Options("Max-Forwards: 1", "ACK")), out _, out var fault));
        Assert.Equal((SipFaultKind.RepeatedHeader, null), (fault.Kind, fault.Request));
    }

    [Theory]
    [InlineData("\r\n\r\n", SipFaultKind.KeepAlive)]
    [InlineData("\0\0\0\0", SipFaultKind.KeepAlive)]
    [InlineData("", SipFaultKind.KeepAlive)]
    [InlineData("GET / HTTP/1.1\r\n\r\n", SipFaultKind.NotSip)]
    [InlineData("no line end", SipFaultKind.NotSip)]
    public void What_is_no_SIP_is_dropped(string text, SipFaultKind kind)
    {
        Assert.False(SipParser.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out _, out var fault));
        Assert.Equal((kind, null), (fault.Kind, fault.Request));
    }

    [Fact]
    public void A_request_with_too_many_headers_is_refused()
    {
        var many = string.Join('\n', Enumerable.Repeat("X: y", 300));
        Assert.False(SipParser.TryParse(A.Bytes(A.Options(many)), out _, out var fault));
        Assert.Equal(SipFaultKind.TooManyHeaders, fault.Kind);
    }

    [Fact]
    public void An_answer_copies_what_8_2_6_says_and_adds_our_tag()
    {
        var request = A.Request(A.Invite);
        request.Source = new SipFlow(new Recorder(), A.At("192.0.2.7", 6000));
        var answer = A.Response(SipWriter.Response(request, 180, "mine"u8).Finish());
        Assert.Equal("SIP/2.0/UDP pc33.atlanta.com;branch=z9hG4bK776asdhds;received=192.0.2.7"u8, answer.Via.Text);
        Assert.Equal("mine"u8, answer.To.Tag);
        Assert.Equal((request.From.ToString(), request.CallIdText, request.CSeq), (answer.From.ToString(), answer.CallIdText, answer.CSeq));
        Assert.Equal("Ringing", answer.Reason);
    }

    [Fact]
    public void Rport_is_filled_in_and_forged_received_replaced()
    {
        var request = A.Request(A.Options().Replace("branch=z9hG4bKa", "received=10.0.0.1;rport;branch=z9hG4bKa, SIP/2.0/UDP far;branch=z9hG4bKf", StringComparison.Ordinal));
        request.Source = new SipFlow(new Recorder(), A.At("192.0.2.1", 40001));
        Assert.Contains("Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa;received=192.0.2.1;rport=40001, SIP/2.0/UDP far;branch=z9hG4bKf\r\n",
            A.Text(SipWriter.Response(request, 200).Finish()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_end_in_a_value_cannot_become_a_header()
    {
        var request = A.Request(A.Invite);
        var text = A.Text(SipWriter.Response(request, 200, "t"u8).Header(HeaderName.Subject, "a\r\nEvil: yes").Finish());
        Assert.Contains("Subject: a  Evil: yes\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Parsing_an_INVITE_allocates_the_message_and_little_else()
    {
        var bytes = A.Bytes(A.Invite);
        SipParser.TryParse(bytes, out _, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        SipParser.TryParse(bytes, out _, out _);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, bytes.Length + 900);
    }
}
