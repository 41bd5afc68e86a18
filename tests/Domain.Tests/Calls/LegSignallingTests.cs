using System.Text;

namespace CallCenter.Domain.Tests.Calls;

public sealed class LegSignallingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_written_is_read_again()
    {
        var text = new StringBuilder();
        LegSignalling.Write(text, 0, fromUs: false, "INVITE", 0, 102);
        LegSignalling.Write(text, 3, fromUs: true, "INVITE", 100, 102);
        LegSignalling.Write(text, 61_250, fromUs: true, "BYE", 0, 1);
        Assert.Equal("0<INVITE.102 3>100.INVITE.102 61250>BYE.1", text.ToString());
        Assert.Equal(
            [new(Noon, false, "INVITE", null, 102), new(Noon.AddMilliseconds(3), true, "INVITE", 100, 102), new(Noon.AddMilliseconds(61_250), true, "BYE", null, 1)],
            new LegSignalling("UDP 192.0.2.x", Noon, text.ToString()).Read());
    }

    [Theory]
    [InlineData("")]
    [InlineData("INVITE.1")]
    [InlineData("<INVITE.1")]
    [InlineData("1<INVITE")]
    [InlineData("1<INVITE.x")]
    [InlineData("1<x.INVITE.1")]
    [InlineData("1<1.2.3.4")]
    [InlineData("x>INVITE.1")]
    public void What_cannot_be_read_is_left_out(string steps) => Assert.Empty(new LegSignalling("UDP 192.0.2.x", Noon, steps).Read());
}
