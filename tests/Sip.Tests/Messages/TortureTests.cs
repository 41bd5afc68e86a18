using System.Globalization;
using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;

namespace CallCenter.Sip.Tests.Messages;

public sealed class TortureTests
{
    public static TheoryData<string> Files => [.. Directory.GetFiles(Vectors.Folder("rfc4475"), "*.dat").Select(f => Path.GetFileName(f)!).Order()];

    [Theory, MemberData(nameof(Files))]
    public void Each_message_of_RFC_4475_gets_the_verdict_its_file_names(string file)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Vectors.Folder("rfc4475"), file));
        Assert.Equal(file.Split('.')[1], Verdict(bytes));
    }

    static string Verdict(byte[] bytes)
    {
        if (!SipParser.TryParse(bytes, out var message, out var fault)) return fault.Request is null ? "drop" : Answered(fault.Request, fault.Status);
        if (message is not SipRequest request) return "ok";
        if (A.Rules.Check(request) is { } refusal) return Answered(request, refusal.Status);
        if (request.Method != SipMethod.Register) return "ok";
        var status = Registrar.Apply(request, [], RegistrarLimits.Usual, DateTimeOffset.UnixEpoch).Status;
        return status == 200 ? "ok" : Answered(request, status);
    }

    /// <summary>The answer to a broken request is itself well-formed, where what it must copy is.</summary>
    static string Answered(SipRequest request, int status)
    {
        var response = A.Text(SipWriter.Response(request, status, "t"u8).Finish());
        Assert.StartsWith($"SIP/2.0 {status} ", response, StringComparison.Ordinal);
        Assert.Contains("\r\nVia: ", response, StringComparison.Ordinal);
        return status.ToString(CultureInfo.InvariantCulture);
    }

    static SipRequest Read(string file) => SipParser.TryParse(File.ReadAllBytes(Path.Combine(Vectors.Folder("rfc4475"), file)), out var m, out _) ? (SipRequest)m : throw new InvalidDataException(file);

    [Fact]
    public void Folds_odd_case_and_blanks_of_wsinv_mean_nothing()
    {
        var wsinv = Read("wsinv.ok.dat");
        Assert.Equal(9u, wsinv.CSeq.Number);
        Assert.Equal("1918181833n"u8, wsinv.To.Tag);
        Assert.Equal("98asjd8"u8, wsinv.From.Tag);
        Assert.Equal("J Rosenberg \\\"", wsinv.From.DisplayText);
        Assert.Equal(68, wsinv.MaxForwards);
        Assert.Equal("192.0.2.2"u8, wsinv.Via.Host);
        Assert.Equal("390skdjuw"u8, wsinv.Via.Branch);
        Assert.Equal(3, Count(wsinv, HeaderName.Via));
        Assert.Equal(";;,,;;,;"u8, wsinv.Value("unknownheaderwithunusualvalue"u8).Span);
        Assert.True(wsinv.TryAddress(HeaderName.Contact, out var contact));
        Assert.True(contact.TryParameter("q"u8, out var q));
        Assert.Equal("0.33"u8, q);
        Assert.Equal(150, wsinv.Body.Length);
    }

    static int Count(SipMessage message, HeaderName name)
    {
        var count = 0;
        foreach (var _ in message.Elements(name)) count++;
        return count;
    }

    [Fact]
    public void What_follows_the_body_in_a_datagram_is_dropped() => Assert.Equal(0, Read("dblreq.ok.dat").Body.Length);

    [Fact]
    public void All_34_Vias_of_longreq_are_read_and_copied()
    {
        var longreq = Read("longreq.ok.dat");
        Assert.Equal(34, Count(longreq, HeaderName.Via));
        Assert.Equal(34, A.Text(SipWriter.Response(longreq, 200, "t"u8).Finish()).Split("\r\nVia:").Length - 1);
    }

    [Fact]
    public void Escapes_in_esc01_are_kept_on_the_wire_and_taken_out_when_read()
    {
        var esc01 = Read("esc01.ok.dat");
        Assert.Equal("sip:%75se%72@example.com"u8, esc01.To.Uri.Text);
        Assert.Equal("user", esc01.To.Uri.UserText);
        Assert.Equal("sips:user@example.com", esc01.Uri.UserText);
    }
}
