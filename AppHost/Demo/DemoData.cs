using System.Globalization;
using CallCenter.Api.Access;
using CallCenter.Api.Resources;
using CallCenter.AppHost.Settings;
using CallCenter.Contracts.Configuration;
using CallCenter.Domain;
using CallCenter.Domain.Access;
using CallCenter.Domain.Agents;
using CallCenter.Domain.Dialling;
using CallCenter.Domain.Flows;
using CallCenter.Domain.Numbers;
using CallCenter.Domain.Queues;
using CallCenter.Domain.Routing;
using CallCenter.Domain.Tenants;
using CallCenter.Domain.WebCalls;

namespace CallCenter.AppHost.Demo;

/// <summary>Two tenants to try the product with. Made once, in an empty store; never overwritten.</summary>
internal static class DemoData
{
    public static readonly TenantId Acme = new("acme"), Globex = new("globex");
    private const string Trunk = "demo-trunk", OperatorUser = "operator";
    public const int FirstExtension = 1001;
    private const int FirstStaffNumber = 8001;
    private static readonly QueueId Sales = new("sales"), Support = new("support"), All = new("all");

    /// <summary>Whether demo data is there, made now or at an earlier start.</summary>
    public static async Task<bool> Ensure(IConfigurationStore store, DemoSettings demo)
    {
        if (demo.Enabled != false && await store.IsEmpty())
        {
            if (await store.PutMany(Everything(demo), Author.Product) is { } refusal) throw new InvalidOperationException($"The demo data was refused: {refusal}");
            return true;
        }
        return await store.Find<TrunkSettings>(TenantId.Operator, Trunk) is not null || await store.Find<TenantSettings>(TenantId.Operator, Acme.Value) is not null;
    }

    /// <summary>Whether the operator of the demo still has the password that everybody knows.</summary>
    public static async Task<bool> PasswordIsKnown(IConfigurationStore store) =>
        Passwords.Fits(await store.Find<UserAccount>(TenantId.Operator, OperatorUser), DemoSettings.KnownPassword);

    public static IReadOnlyList<ISetting> Everything(DemoSettings demo)
    {
        var hash = Passwords.Hash(demo.Password); // one for all: thousands of users cost nothing
        return
        [
            new UserAccount(TenantId.Operator, OperatorUser, "Operator", Role.Operator, hash),
            new TrunkSettings(Trunk, ["127.0.0.1/32"], demo.TrunkTarget, Outbound: new(NumberFormat.National), Probe: false), // whatever listens there may take an OPTIONS for a call
            .. Tenant(Acme, "Acme", demo, hash), DemoFlows.SalesOf(Acme), DemoFlows.AllOf(Acme),
            .. Tenant(Globex, "Globex", demo, hash),
            Number("4008001001", Acme, DemoFlows.Menu), Number("4008001002", Acme, DemoFlows.Sales), Number("4008001003", Acme, DemoFlows.All),
            Number("4008002001", Globex, DemoFlows.Menu),
            Number("010-12345678", Acme, DemoFlows.Sales) with { MayCallOut = true },
            WebCalls("4008001001", Acme), WebCalls("4008001002", Acme),
            .. Dialling(Acme),
        ];
    }

    private static IEnumerable<ISetting> Tenant(TenantId tenant, string name, DemoSettings demo, Secret hash)
    {
        yield return new TenantSettings(tenant, name, demo.DomainOf(tenant), "Asia/Shanghai", "zh-CN", Seats: demo.Agents, CallLimit: null);
        yield return new UserAccount(tenant, "admin", "Admin", Role.TenantAdmin, hash);
        yield return new UserAccount(tenant, "supervisor", "Supervisor", Role.DutyManager, hash);
        yield return new UserAccount(tenant, "qa", "QA", Role.QaInspector, hash);
        yield return new PresenceReasons(tenant, Reasons);
        yield return DemoCallTypes.Of(tenant);
        yield return Queue(tenant, Sales, "售前咨询", recording: true);
        yield return Queue(tenant, Support, "报修与售后", recording: true);
        yield return Queue(tenant, All, "综合服务", recording: false);
        yield return DemoFlows.MenuOf(tenant);
        for (var n = 0; n < demo.Agents; n++)
            foreach (var setting in Agent(tenant, FirstExtension + n, demo, hash)) yield return setting;
    }

    private static readonly Items<PresenceReason> Reasons =
    [
        new("lunch", "用餐", "Lunch", null, 60), new("rest", "休息", "Rest", Presence.Break, 30), new("restroom", "洗手间", "Restroom", Presence.Break, 20),
        new("training", "培训", "Training"), new("meeting", "会议", "Meeting"), new("paperwork", "处理工单", "Paperwork", Presence.NotReady), new("equipment", "设备故障", "Broken equipment", Presence.NotReady),
        new("other", "其他", "Other"),
    ];

    /// <summary>Mobiles and the landlines of the country, with or without 9 for an outside line. The other tenant has none: it may call emergency numbers only.</summary>
    private static IEnumerable<ISetting> Dialling(TenantId tenant)
    {
        Items<DialRule> rules = [new("mobile", true), new("landline", true)];
        yield return DialCeiling.Nothing(tenant) with { Rules = rules, Prices = [new("mobile", 0.12m), new("landline", 0.10m)], Trunk = Trunk };
        yield return DialSettings.Nothing(tenant) with { OutsidePrefix = "9", Rules = rules, Recording = true };
    }

    private static QueueSettings Queue(TenantId tenant, QueueId queue, string name, bool recording) =>
        new(tenant, queue, name, RingSeconds: 15, recording, AnnounceEverySeconds: 30, Music: "music");

    /// <summary>Odd extensions answer for sales, even ones for support, every one for all.</summary>
    private static IEnumerable<ISetting> Agent(TenantId tenant, int number, DemoSettings demo, Secret hash)
    {
        var extension = number.ToString(CultureInfo.InvariantCulture);
        var user = $"agent{extension}";
        var agent = new AgentId(user);
        var realm = demo.DomainOf(tenant);
        yield return new UserAccount(tenant, user, $"Agent {extension}", Role.Agent, hash);
        yield return new ExtensionSettings(tenant, extension, agent, DigestHash.Md5(extension, realm, demo.Password), DigestHash.Sha256(extension, realm, demo.Password));
        yield return new AgentSettings(tenant, agent, $"Agent {extension}", user, extension, AutoSignIn: true, AfterCallSeconds: 0, MaxMisses: 3, RetryDelays.Default,
            [new QueueRef(tenant, int.IsOddInteger(number) ? Sales : Support), new QueueRef(tenant, All)],
            StaffNumber: (number + FirstStaffNumber - FirstExtension).ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>From the tenant's own host.</summary>
    private static WebCallSettings WebCalls(string dialled, TenantId tenant) => WebCallSettings.Off(tenant, Number(dialled, tenant, DemoFlows.Menu).Id) with { Enabled = true };

    private static NumberSettings Number(string dialled, TenantId tenant, FlowId flow) =>
        PhoneNumber.TryParse(dialled, out var number) ? new(number.Canonical, dialled, tenant, flow) : throw new ArgumentException($"'{dialled}' is no number", nameof(dialled));
}
