using CallCenter.Domain.Flows;
using CallCenter.Domain.Tenants;

namespace CallCenter.AppHost.Demo;

/// <summary>The flows of the demo tenants' numbers.</summary>
internal static class DemoFlows
{
    public static readonly FlowId Menu = new("menu"), Sales = new("sales"), All = new("all");

    /// <summary>Notice and greeting, both cut short by a digit that counts for the menu: 1 sales, 2 support, 9 a voicemail for sales; anything else twice, or nothing, sales.</summary>
    private const string MenuJson = """
        {"schema": 2, "start": "answer", "nodes": {
          "answer": {"type": "answer", "next": "notice"},
          "notice": {"type": "play", "prompts": [{"id": "notice"}], "notice": "1", "interruptible": true, "next": "greeting"},
          "greeting": {"type": "play", "prompts": [{"id": "greeting"}], "interruptible": true, "next": "menu"},
          "menu": {"type": "menu", "prompts": [{"id": "menu"}], "wrongKey": [{"id": "wrong-key"}],
            "branches": [{"key": "1", "next": "sales"}, {"key": "2", "next": "support"}, {"key": "9", "next": "voicemail"}], "timeoutSeconds": 5, "attempts": 2, "otherwise": "sales"},
          "sales": {"type": "queue", "queue": "sales"},
          "support": {"type": "queue", "queue": "support"},
          "voicemail": {"type": "voicemail", "box": "sales", "prompts": [{"id": "voicemail"}], "next": "thanks"},
          "thanks": {"type": "play", "prompts": [{"id": "goodbye"}], "next": "end"},
          "end": {"type": "hangUp"}}}
        """;

    public static FlowSettings MenuOf(TenantId tenant) => new(tenant, Menu, "语音导航", MenuJson);

    public static FlowSettings SalesOf(TenantId tenant) => new(tenant, Sales, "直达售前咨询", Direct("sales"));

    public static FlowSettings AllOf(TenantId tenant) => new(tenant, All, "直达综合服务", Direct("all"));

    private static string Direct(string queue) => DirectJson.Replace("QUEUE", queue, StringComparison.Ordinal);

    private const string DirectJson = """
        {"schema": 1, "start": "answer", "nodes": {"answer": {"type": "answer", "next": "queue"}, "queue": {"type": "queue", "queue": "QUEUE"}}}
        """;
}
