using CallCenter.Domain;
using CallCenter.Domain.Summaries;
using CallCenter.Domain.Tenants;

namespace CallCenter.AppHost.Demo;

/// <summary>What the demo tenants count their calls as, so that the first call has its summary form.</summary>
internal static class DemoCallTypes
{
    private const string Result = CallTypes.ResultField, Note = CallTypes.NoteField, Order = "order", Product = "product";

    public static CallTypes Of(TenantId tenant) => new(tenant, Types, Results, Fields);

    private static readonly Items<CallType> Types =
    [
        Branch("inquiry", "咨询 Inquiry"),
        Leaf("inquiry-product", "产品与价格 Products and prices", "inquiry", Result),
        Leaf("inquiry-promotion", "优惠活动 Promotions", "inquiry", Result),
        Leaf("inquiry-order", "订单进度 Order status", "inquiry", Order, Result),
        Branch("transaction", "业务办理 Transaction"),
        Leaf("transaction-change", "变更订单 Change of an order", "transaction", Order, Result),
        Leaf("transaction-return", "退换货 Return or exchange", "transaction", Order, Result),
        Branch("repair", "报修 Repair"),
        Branch("repair-fault", "设备故障 Fault", "repair"),
        Leaf("repair-fault-power", "不通电 No power", "repair-fault", Product, Result),
        Leaf("repair-fault-other", "其他故障 Other fault", "repair-fault", Product, Result, Note),
        Leaf("repair-visit", "上门安装 Installation visit", "repair", Product, Result),
        Branch("complaint", "投诉 Complaint"),
        Leaf("complaint-service", "服务态度 Service", "complaint", Result, Note),
        Leaf("complaint-quality", "产品质量 Quality", "complaint", Product, Result, Note),
        Branch("other", "其他 Other"),
        Leaf("other-suggestion", "建议 Suggestion", "other", Note),
        Leaf("other-irrelevant", "无关来电 Irrelevant", "other"),
        Leaf("other-silent", "无声来电 Silent", "other"),
    ];

    private static readonly Items<SummaryResult> Results = [new("solved", "已解决 Solved"), new("second-line", "转二线 To second line"), new("follow-up", "待回访 Follow-up"), new("unsolved", "未解决 Not solved")];

    private static readonly Items<SummaryField> Fields = [new(Order, "订单号 Order number", []), new(Product, "产品 Product", ["空调 Air conditioner", "冰箱 Refrigerator", "洗衣机 Washing machine", "其他 Other"])];

    private static CallType Branch(string id, string name, string? parent = null) => new(id, name, parent, []);

    private static CallType Leaf(string id, string name, string parent, params Items<string> mandatory) => new(id, name, parent, mandatory);
}
