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

    public static TheoryData<ISetting> Good() => [Queue, Agent, Tenant, User, Key, Extension, Flow, Number, Trunk, Queue with { AnnounceEverySeconds = 0 }, User with { Owner = TenantId.Operator, Role = Role.Operator }];

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
        { Queue with { Whisper = QueueWhisper.Prompt }, "whisperPrompt" },
        { Queue with { WhisperPrompt = "../x" }, "whisperPrompt" },
        { Agent with { StaffNumber = "80-01" }, "staffNumber" },
        { Agent with { StaffNumber = "12345678901234567" }, "staffNumber" },
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
    };

    [Theory, MemberData(nameof(Bad))]
    public void A_bad_member_is_named(ISetting setting, string field) => Assert.Contains(field, setting.Check().Select(f => f.Field));

    [Fact]
    public void All_faults_are_told_at_once() => Assert.Equal(["name", "ringSeconds", "announceEverySeconds"], (Queue with { Name = "", RingSeconds = 999, AnnounceEverySeconds = -5 }).Check().Select(f => f.Field));

    [Fact]
    public void A_secret_is_not_printed()
    {
        Assert.DoesNotContain("hash", User.PasswordHash.ToString());
        Assert.DoesNotContain("aaaa", Extension.ToString());
    }

    [Fact]
    public void Every_refusal_has_both_faces() => Assert.Equal(Enum.GetValues<RefusalCode>(), Refusal.Faces.Keys.Order());
}
