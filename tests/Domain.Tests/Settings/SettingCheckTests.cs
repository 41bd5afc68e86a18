namespace CallCenter.Domain.Tests.Settings;

public class SettingCheckTests
{
    private static readonly TenantId Acme = new("acme");
    private static readonly Secret Md5 = new(new string('a', 32)), Sha = new(new string('b', 64));
    private static readonly QueueSettings Queue = new(Acme, new("sales"), "售前咨询", 15, true, 30, "music");
    private static readonly AgentSettings Agent = new(Acme, new("anna"), "Anna", "anna", "1001", true, 0, 3, RetryDelays.Default, [new(Acme, new("sales"))]);
    private static readonly TenantSettings Tenant = new(Acme, "Acme", "acme.example.com", "Asia/Shanghai", "zh-CN", 20, null);
    private static readonly UserAccount User = new(Acme, "admin", "Admin", Role.TenantAdmin, new("hash"));
    private static readonly ApiKey Key = new(Acme, "k1", "CRM", Role.DutyManager, Sha, null);
    private static readonly ExtensionSettings Extension = new(Acme, "1001", new AgentId("anna"), Md5, Sha);
    private static readonly FlowSettings Flow = new(Acme, new("main"), "Main", FlowJson.Write(new("a", [new HangUpNode("a")])));
    private static readonly NumberSettings Number = new("86-4008001001", "400-800-1001", Acme, new FlowId("main"));
    private static readonly TrunkSettings Trunk = new("demo-trunk", ["127.0.0.1/32", "2001:db8::/32"], "127.0.0.1:5080");

    private static readonly NumberSettings Own = new("+861012345678", "010-12345678", Acme, null, MayCallOut: true);
    private static readonly TrunkSettings Out = Trunk with { Outbound = new(NumberFormat.E164, 30, 600) };
    private static readonly DialSettings Dial = new(Acme, "9", "010", [new("+86138", false), new("mobile", true)], false, Own.Id, [new(new("anna"), null, Own.Id)], new(5, 60, 600, 3, 30, 100.5m), new("22:00", "08:00", 0));
    private static readonly DialCeiling Ceiling = new(Acme, [new("mobile", true)], true, 50, 1000, "CNY", [new("mobile", 0.12m)], "demo-trunk");

    public static TheoryData<ISetting> Good() => [Own, Out, Dial, DialSettings.Nothing(Acme), Ceiling, DialCeiling.Nothing(Acme), Queue, Agent, Tenant, User, Key, Extension, Flow, Number, Trunk, Queue with { AnnounceEverySeconds = 0 }, User with { Owner = TenantId.Operator, Role = Role.Operator }];

    [Theory, MemberData(nameof(Good))]
    public void A_good_row_has_no_faults(ISetting setting) => Assert.Empty(setting.Check().AsEnumerable());

    public static TheoryData<ISetting, string> Bad() => new()
    {
        { Queue with { Name = " " }, "name" },
        { Queue with { RingSeconds = 0 }, "ringSeconds" },
        { Queue with { RingSeconds = 301 }, "ringSeconds" },
        { Queue with { AnnounceEverySeconds = 9 }, "announceEverySeconds" },
        { Queue with { Music = "../x" }, "music" },
        { Queue with { Queue = new("Sales") }, "id" },
        { Agent with { Extension = "10o1" }, "extension" },
        { Agent with { AfterCallSeconds = 3601 }, "afterCallSeconds" },
        { Agent with { MaxMisses = 0 }, "maxMisses" },
        { Agent with { RetryDelays = RetryDelays.Default with { Busy = -1 } }, "retryDelays.busy" },
        { Agent with { RetryDelays = null! }, "retryDelays" },
        { Agent with { Queues = [new(new("globex"), new("sales"))] }, "queues[0].tenant" },
        { Agent with { Queues = [new(Acme, new("s")), new(Acme, new("s"))] }, "queues" },
        { Tenant with { Domain = "Acme.example" }, "domain" },
        { Tenant with { TimeZone = "Shanghai" }, "timeZone" },
        { Tenant with { Language = "" }, "language" },
        { Tenant with { CallLimit = -1 }, "callLimit" },
        { Tenant with { Tenant = TenantId.Operator }, "id" },
        { User with { Role = Role.Operator }, "role" },
        { User with { PasswordHash = default }, "password" },
        { Key with { SecretHash = Md5 }, "secretHash" },
        { Extension with { Id = "12345678901234567" }, "id" },
        { Extension with { Ha1Md5 = new("x") }, "password" },
        { Flow with { Json = "{}" }, "definition.nodes" },
        { Flow with { Json = "" }, "definition" },
        { Number with { Id = "4008001001" }, "id" },
        { Number with { Flow = new FlowId("Main") }, "flow" },
        { Trunk with { AcceptFrom = ["127.0.0.1/33"] }, "acceptFrom[0]" },
        { Trunk with { Target = "127.0.0.1" }, "target" },
        { Trunk with { Target = "host:0" }, "target" },
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
    public void All_faults_are_told_at_once() => Assert.Equal(["name", "ringSeconds", "announceEverySeconds"], (Queue with { Name = "", RingSeconds = 999, AnnounceEverySeconds = -5 }).Check().Select(f => f.Field));

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

    [Fact]
    public void A_secret_is_not_printed()
    {
        Assert.DoesNotContain("hash", User.PasswordHash.ToString());
        Assert.DoesNotContain("aaaa", Extension.ToString());
    }

    [Fact]
    public void Every_refusal_has_both_faces() => Assert.Equal(Enum.GetValues<RefusalCode>(), Refusal.Faces.Keys.Order());
}
