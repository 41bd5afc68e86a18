namespace CallCenter.Grains.Tests.World;

/// <summary>The configuration of the test's tenant.</summary>
static class TestSettings
{
    public static readonly FlowId ToSales = new("to-sales"), ToVip = new("to-vip"), Menu = new("menu");

    const string MenuJson = """
        {"schema": 1, "start": "pick", "nodes": {
          "pick": {"type": "answer", "next": "greet"},
          "greet": {"type": "play", "prompts": [{"id": "greeting"}], "interruptible": true, "next": "menu"},
          "menu": {"type": "menu", "prompts": [{"id": "menu"}], "wrongKey": [{"id": "wrong-key"}], "branches": [{"key": "1", "next": "sales"}, {"key": "2", "next": "end"}], "timeoutSeconds": 5, "attempts": 2, "otherwise": "sales"},
          "sales": {"type": "queue", "queue": "sales", "priority": 5},
          "end": {"type": "hangUp"}}}
        """;

    public static List<ISetting> All(int agents, int? callLimit)
    {
        var (acme, sales, vip) = (TestWorld.Acme, TestWorld.Sales, TestWorld.Vip);
        List<ISetting> all =
        [
            Tenant(callLimit),
            Queue(sales), Queue(vip),
            new FlowSettings(acme, ToSales, "to sales", Straight("sales", 5)),
            new FlowSettings(acme, ToVip, "to sales, first", Straight("sales", 1)),
            new FlowSettings(acme, Menu, "menu", MenuJson),
            new NumberSettings(TestWorld.SalesNumber, "400-800-1002", acme, ToSales),
            new NumberSettings(TestWorld.VipNumber, "400-800-1003", acme, ToVip),
            new NumberSettings(TestWorld.MenuNumber, "400-800-1001", acme, Menu),
        ];
        for (var i = 1001; i <= 1000 + agents; i++) all.AddRange([Account(i), Agent(i), new ExtensionSettings(acme, $"{i}", new($"agent{i}"), new("x"), new("y"))]);
        return all;
    }

    /// <summary>The tenant may call mobiles, showing a number of its own.</summary>
    public static List<ISetting> Dialling(DialLimits? limits = null) =>
    [
        new TrunkSettings("demo-trunk", [], "127.0.0.1:5080", Outbound: new(NumberFormat.National)),
        new NumberSettings("+861012345678", "010-12345678", TestWorld.Acme, null, MayCallOut: true),
        DialCeiling.Nothing(TestWorld.Acme) with { Rules = [new("mobile", true)], Prices = [new("mobile", 0.12m)] },
        DialSettings.Nothing(TestWorld.Acme) with { OutsidePrefix = "9", Rules = [new("mobile", true)], Limits = limits ?? DialLimits.None },
    ];

    public static TenantSettings Tenant(int? callLimit) => new(TestWorld.Acme, "Acme", "acme.localhost", "Asia/Shanghai", "zh-CN", 20, callLimit);

    public static QueueSettings Queue(QueueId id, int announceEvery = 0, bool recording = true, int ring = 15) => new(TestWorld.Acme, id, "售前咨询", ring, recording, announceEvery, "music");

    public static UserAccount Account(int extension, Role role = Role.Agent) => new(TestWorld.Acme, $"agent{extension}", $"Agent {extension}", role, new("hash"));

    public static AgentSettings Agent(int extension, int afterCall = 0) =>
        new(TestWorld.Acme, new($"agent{extension}"), $"Agent {extension}", $"agent{extension}", $"{extension}", true, afterCall, 3, RetryDelays.Default, [new(TestWorld.Acme, TestWorld.Sales), new(TestWorld.Acme, TestWorld.Vip)]);

    static string Straight(string queue, int priority) =>
        $$"""{"schema": 1, "start": "pick", "nodes": {"pick": {"type": "answer", "next": "wait"}, "wait": {"type": "queue", "queue": "{{queue}}", "priority": {{priority}} } } }""";
}
