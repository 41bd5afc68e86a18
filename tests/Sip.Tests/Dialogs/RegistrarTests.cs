using System.Globalization;
using CallCenter.Sip.Dialogs;
using CallCenter.Sip.Messages;

namespace CallCenter.Sip.Tests.Dialogs;

public sealed class RegistrarTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    static readonly RegistrarLimits Limits = RegistrarLimits.Usual;

    static SipRequest Register(string headers, uint number = 8, string callId = "c1") =>
        A.Request(A.Options(headers, "REGISTER").Replace("CSeq: 8", $"CSeq: {number}", StringComparison.Ordinal).Replace("Call-ID: c1", $"Call-ID: {callId}", StringComparison.Ordinal));

    static RegistrarStep Apply(string headers, IReadOnlyList<Binding> current, uint number = 8, string callId = "c1", int later = 0) =>
        Registrar.Apply(Register(headers, number, callId), current, Limits, Now.AddSeconds(later));

    static string Told(IEnumerable<Binding> bindings) => string.Join(' ', bindings.Select(b => string.Create(CultureInfo.InvariantCulture, $"{b.Contact}={(b.ExpiresAt - Now).TotalSeconds}")));

    [Theory]
    [InlineData("Contact: <sip:a@h>", "sip:a@h=3600")]
    [InlineData("Contact: <sip:a@h>\nExpires: 120", "sip:a@h=120")]
    [InlineData("Contact: <sip:a@h>;expires=300\nExpires: 120", "sip:a@h=300")]
    [InlineData("Contact: <sip:a@h>;expires=x", "sip:a@h=3600")]
    [InlineData("Contact: <sip:a@h>\nExpires: 99999999999999999999", "sip:a@h=7200")]
    [InlineData("Contact: <sip:a@h>, <sip:b@h>;expires=90", "sip:a@h=3600 sip:b@h=90")]
    [InlineData("Contact: sip:a@h;expires=90", "sip:a@h=90")]
    [InlineData("X: y", "")]
    public void Contacts_are_bound_for_the_time_asked_within_limits(string headers, string bindings)
    {
        var step = Apply(headers, []);
        Assert.Equal((200, bindings), (step.Status, Told(step.Bindings)));
    }

    static readonly IReadOnlyList<Binding> One = Apply("Contact: <sip:a@h;x=1>", []).Bindings;

    [Theory]
    [InlineData("Contact: <sip:a@h>;expires=0", "")]
    [InlineData("Contact: <sip:a@H>;expires=600", "sip:a@H=600")]
    [InlineData("Contact: *\nExpires: 0", "")]
    [InlineData("Contact: <sip:b@h>;expires=0", "sip:a@h;x=1=3600")]
    [InlineData("X: y", "sip:a@h;x=1=3600")]
    public void A_later_request_renews_or_removes_what_means_the_same_URI(string headers, string bindings)
    {
        var step = Apply(headers, One, number: 9);
        Assert.Equal((200, bindings), (step.Status, Told(step.Bindings)));
    }

    [Theory]
    [InlineData("Contact: *", 400)]
    [InlineData("Contact: *\nExpires: 60", 400)]
    [InlineData("Contact: *, <sip:b@h>\nExpires: 0", 400)]
    [InlineData("Contact: <sip:b@h>, *\nExpires: 0", 400)]
    [InlineData("Contact: <tel:123>", 400)]
    [InlineData("Contact: <sip:b@h>;q=1.5", 400)]
    [InlineData("Contact: <sip:b@h>, <sip:c@h>;expires=59", 423)]
    [InlineData("Contact: <sip:1@h>,<sip:2@h>,<sip:3@h>,<sip:4@h>,<sip:5@h>,<sip:6@h>,<sip:7@h>,<sip:8@h>,<sip:9@h>,<sip:10@h>", 403)]
    public void A_request_that_cannot_be_done_changes_nothing(string headers, int status)
    {
        var step = Apply(headers, One, number: 9);
        Assert.Equal((status, false, "sip:a@h;x=1=3600"), (step.Status, step.Changed, Told(step.Bindings)));
    }

    [Theory]
    [InlineData("Contact: <sip:a@h>", 8, "c1", 500)]
    [InlineData("Contact: *\nExpires: 0", 7, "c1", 500)]
    [InlineData("Contact: <sip:a@h>", 1, "c2", 200)]
    [InlineData("Contact: <sip:b@h>", 8, "c1", 200)]
    public void A_request_that_was_overtaken_is_refused_whole(string headers, uint number, string callId, int status) =>
        Assert.Equal(status, Apply(headers, One, number, callId).Status);

    [Fact]
    public void Expired_bindings_are_gone() => Assert.Empty(Apply("X: y", One, later: 3600).Bindings);

    [Fact]
    public void The_answer_lists_every_binding_with_the_seconds_left()
    {
        var step = Apply("Contact: <sip:a@h>;q=0.25\nExpires: 100", []);
        var text = A.Text(Registrar.Complete(SipWriter.Response(Register("X: y"), 200), step, Limits, Now.AddSeconds(40.5)).Finish());
        Assert.Contains("Contact: <sip:a@h>;expires=60;q=0.25\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_answer_423_names_the_least_time()
    {
        var step = Apply("Contact: <sip:a@h>;expires=1", []);
        Assert.Contains("Min-Expires: 60\r\n", A.Text(Registrar.Complete(SipWriter.Response(Register("X: y"), 423), step, Limits, Now).Finish()), StringComparison.Ordinal);
    }
}
