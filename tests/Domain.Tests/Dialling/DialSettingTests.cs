namespace CallCenter.Domain.Tests.Dialling;

public class DialSettingTests
{
    private static readonly TenantId Acme = new("acme");
    private static readonly NumberSettings Number = new("86-4008001001", "400-800-1001", Acme, null);
    private static readonly NumberSettings Own = new("+861012345678", "010-12345678", Acme, null, MayCallOut: true);
    private static readonly TrunkSettings Out = new TrunkSettings("demo-trunk", [], "127.0.0.1:5080") with { Outbound = new(NumberFormat.E164, 30, 600) };
    private static readonly DialSettings Dial = new(Acme, "9", "010", [new("+86138", false), new("mobile", true)], false, Own.Id, [new(new("anna"), null, Own.Id)], new(5, 60, 600, 3, 30, 100.5m), new("22:00", "08:00", 0));
    private static readonly DialCeiling Ceiling = new(Acme, [new("mobile", true)], true, 50, 1000, "CNY", [new("mobile", 0.12m)], "demo-trunk");

    public static TheoryData<ISetting> Good() => [Own, Out, Dial, DialSettings.Nothing(Acme), Ceiling, DialCeiling.Nothing(Acme)];

    [Theory, MemberData(nameof(Good))]
    public void A_good_row_has_no_faults(ISetting setting) => Assert.Empty(setting.Check().AsEnumerable());

    public static TheoryData<ISetting, string> Bad() => new()
    {
        { Number with { MayCallOut = true }, "mayCallOut" },
        { Number with { Id = "86-8008100000", MayCallOut = true }, "mayCallOut" },
        { Out with { Outbound = new((NumberFormat)9) }, "outbound.format" },
        { Out with { Outbound = new(NumberFormat.E164, 0) }, "outbound.channels" },
        { Out with { Outbound = new(NumberFormat.E164, null, 10_001) }, "outbound.callsPerMinute" },
        { Dial with { OutsidePrefix = "1" }, "outsidePrefix" },
        { Dial with { OutsidePrefix = "999" }, "outsidePrefix" },
        { Dial with { AreaCode = "10" }, "areaCode" },
        { Dial with { AreaCode = "0123" }, "areaCode" },
        { Dial with { Rules = [new("mobile", true), new("138", true)] }, "rules[1].match" },
        { Dial with { DefaultShown = "01012345678" }, "defaultShown" },
        { Dial with { Shown = [new(null, null, Own.Id)] }, "shown[0]" },
        { Dial with { Shown = [new(new("anna"), new("sales"), Own.Id)] }, "shown[0]" },
        { Dial with { Shown = [new(new("anna"), null, "x")] }, "shown[0].number" },
        { Dial with { Limits = new(Channels: -1) }, "limits.channels" },
        { Dial with { Limits = new(CallsPerMinute: 10_001) }, "limits.callsPerMinute" },
        { Dial with { Limits = new(SpendPerDay: -0.01m) }, "limits.spendPerDay" },
        { Dial with { Limits = null! }, "limits" },
        { Dial with { Night = new("25:00", "08:00", 0) }, "night.from" },
        { Dial with { Night = new("22:00", "22:00", 0) }, "night.to" },
        { Ceiling with { Currency = "yuan" }, "currency" },
        { Ceiling with { Prices = [new("mobile", -1)] }, "prices[0].perMinute" },
        { Ceiling with { Prices = [new("010", 1)] }, "prices[0].match" },
        { Ceiling with { Rules = [new("", true)] }, "rules[0].match" },
        { Ceiling with { Trunk = "A b" }, "trunk" },
    };

    [Theory, MemberData(nameof(Bad))]
    public void A_bad_member_is_named(ISetting setting, string field) => Assert.Contains(field, setting.Check().Select(f => f.Field));

    [Fact]
    public void What_the_operator_does_not_allow_is_named_all_at_once()
    {
        var ceiling = Ceiling with { Rules = [new("+86170", false), new("mobile", true), new("+8610", true)], International = false, Channels = 4, SpendPerDay = 100 };
        Assert.Empty((Dial with { Limits = DialLimits.None }).Beyond(ceiling).AsEnumerable());
        var greedy = Dial with { International = true, Rules = [new("service", false), new("landline", true), new("+86170", true), new("+86106", true), new("+1", true)] };
        Assert.Equal(["international", "limits.channels", "limits.spendPerDay", "rules[1].match", "rules[2].match", "rules[4].match"], greedy.Beyond(ceiling).Select(f => f.Field));
        Assert.Empty(Dial.Beyond(Ceiling).AsEnumerable());
        Assert.NotEmpty(Dial.Beyond(DialCeiling.Nothing(Acme)).AsEnumerable());
    }
}
