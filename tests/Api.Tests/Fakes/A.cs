using CallCenter.Api.Access;
using CallCenter.Domain.Hours;
using CallCenter.Domain.Voicemails;

namespace CallCenter.Api.Tests.Fakes;

/// <summary>Two tenants with everything in them that a request could be about.</summary>
internal static class A
{
    public const string Password = "a long password";
    public static readonly TenantId Acme = new("acme"), Globex = new("globex");
    public static readonly QueueId Sales = new("sales");
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly Secret Hash = Passwords.Hash(Password);

    /// <summary>The id of the one call of a tenant.</summary>
    public static string CallOf(TenantId tenant) => $"call-of-{tenant}";

    /// <summary>The id of a session of a tenant's admin.</summary>
    public static string SessionOf(TenantId tenant) => $"session-of-{tenant}";

    /// <summary>The number of an entry of a tenant's audit log.</summary>
    public static string EntryOf(TenantId tenant) => tenant == Acme ? "1" : "2";

    public static string NumberOf(TenantId tenant) => tenant == Acme ? "4008001001" : "4008002001";

    public static ISetting[] Tenant(TenantId id) =>
    [
        new TenantSettings(id, id.Value, $"{id}.localhost", "Asia/Shanghai", "zh-CN", 20, null),
        .. People(id),
        new QueueSettings(id, Sales, "售前咨询", 15, true, 30, "music"),
        new QueueSettings(id, new($"only-{id}"), "only", 15, true, 30, "music"),
        new FlowSettings(id, new("main"), "Main", FlowText),
        new FlowSettings(id, new($"only-{id}"), "only", FlowText),
        Station(id, "1001", "agent1001"), Station(id, "1002", "agent1002"), new ExtensionSettings(id, $"only-{id}", null, new("x"), new("y")),
        Person(id, "agent1001", "1001"), Person(id, "agent1002", "1002"),
        Notice(id, "notice-own"), Notice(id, $"only-{id}"),
        new HoursSettings(id, "office", "Office", null, [], []), new HoursSettings(id, $"only-{id}", "only", null, [], []),
        new ApiKey(id, $"key-{id}", "crm", Role.TenantAdmin, new("00"), null),
        new NumberSettings(Canonical(NumberOf(id)), NumberOf(id), id, new("main")),
        DialCeiling.Nothing(id) with { Rules = [new("+86170", false), new("mobile", true), new("landline", true)], Channels = 10, SpendPerDay = 100, Prices = [new("mobile", 0.12m)], Trunk = "demo-trunk" },
        DialSettings.Nothing(id) with { OutsidePrefix = id == Acme ? "9" : "0", Rules = [new("mobile", true)] },
    ];

    private static PromptSettings Notice(TenantId tenant, string id) => new(tenant, id, "Notice", "zh-CN", null, "a1", 1500);

    private static IEnumerable<ISetting> People(TenantId id)
    {
        yield return new UserAccount(id, "admin", "Admin", Role.TenantAdmin, Hash);
        yield return new UserAccount(id, "supervisor", "Supervisor", Role.DutyManager, Hash);
        yield return new UserAccount(id, "qa", "Qa", Role.QaInspector, Hash);
        yield return new UserAccount(id, "agent1001", "1001", Role.Agent, Hash);
        yield return new UserAccount(id, "agent1002", "1002", Role.Agent, Hash);
        yield return new UserAccount(id, $"only-{id}", "only", Role.QaInspector, Hash);
    }

    public static string Canonical(string dialled) => PhoneNumber.TryParse(dialled, out var number) ? number.Canonical : throw new ArgumentException("not a number", nameof(dialled));

    public static AgentSettings Person(TenantId tenant, string name, string extension) =>
        new(tenant, new(name), name, name, extension, true, 0, 3, RetryDelays.Default, [new(tenant, Sales)]);

    private static ExtensionSettings Station(TenantId tenant, string extension, string agent) =>
        new(tenant, extension, new AgentId(agent), new("0123456789abcdef0123456789abcdef"), new("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"));

    public static CallRecord Call(TenantId tenant) =>
        new(new(CallOf(tenant)), "inbound", "+8613800138000", "86-4008001001", "北京", Sales, [new("agent1001")], Noon, Noon, Noon.AddSeconds(9), Noon.AddSeconds(60), new(EndedBy.Caller, EndReason.HangUp, Blame.Nobody), 4000, 5000, 51000, 0, 0, [$"{CallOf(tenant)}-r1"]);

    /// <summary>The customer who called; no other tenant has one of that id.</summary>
    public static CallCenter.Domain.Customers.Customer Person(TenantId tenant) =>
        CallCenter.Domain.Customers.Customer.New(tenant, new($"only-{tenant}")) with { Name = "李雷", Numbers = ["13800138000"], Level = CallCenter.Domain.Customers.CustomerLevel.Gold, Note = "下午来电" };

    public static RecordingRecord Recording(TenantId tenant) =>
        new($"{CallOf(tenant)}-r1", new(CallOf(tenant)), new("caller"), new("agent"), Noon, Noon.AddSeconds(51));

    public static VoicemailRecord Voicemail(TenantId tenant) => new($"{CallOf(tenant)}-vm1", new(CallOf(tenant)), "sales", null, Noon, 6_000, VoicemailState.New, null, null, new("caller"));

    /// <summary>Answer, then wait in a queue.</summary>
    public const string FlowText = """
        {"schema":1,"start":"answer","nodes":{"answer":{"type":"answer","next":"wait"},"wait":{"type":"queue","queue":"sales"}}}
        """;
}
