using CallCenter.Domain.Summaries;

namespace CallCenter.Domain.Tests.Summaries;

public sealed class SummaryTests
{
    private static readonly TenantId Acme = new("acme");

    private static readonly CallTypes Types = new(Acme,
        [new("sales", "售前", null, []), new("price", "价格", "sales", ["result"]), new("repair", "报修", null, []), new("home", "家电", "repair", []), new("fridge", "冰箱", "home", []), new("broken", "不制冷", "fridge", ["note", "serial"])],
        [new("solved", "已解决"), new("passed-on", "已转派")],
        [new("serial", "序列号", []), new("city", "城市", ["上海", "北京"])]);

    private static readonly Summary Draft = Summary.New(Acme, new("c1"), new("anna")) with { TypesVersion = 1 };

    [Fact]
    public void A_tree_of_four_levels_is_good_and_tells_the_path_to_a_type()
    {
        Assert.Empty(Types.Check().AsEnumerable());
        Assert.Equal(["报修", "家电", "冰箱", "不制冷"], Types.PathOf("broken"));
        Assert.True(Types.IsLeaf("price"));
        Assert.False(Types.IsLeaf("sales"));
        Assert.Empty(Types.PathOf("nowhere").AsEnumerable());
    }

    public static TheoryData<CallTypes, string> Bad() => new()
    {
        { Types with { Types = Types.Types.Add(new("deep", "太深", "broken", [])) with { } }, "types[5].mandatory types[6].parent" },
        { Types with { Types = Types.Types.Add(new("price", "又一个", null, [])) }, "types[6].id" },
        { Types with { Types = Types.Types.Add(new("other", "价格", "sales", [])) }, "types[6].name" },
        { Types with { Types = Types.Types.Add(new("lost", "x", "nowhere", [])) }, "types[6].parent" },
        { Types with { Types = Types.Types.Add(new("self", "x", "self", [])) }, "types[6].parent" },
        { Types with { Types = Types.Types.Add(new("other", "x", null, ["nothing"])) }, "types[6].mandatory" },
        { Types with { Types = [null!] }, "types" },
        { Types with { Results = [new("Solved", "x")] }, "results[0].id" },
        { Types with { Fields = Types.Fields.Add(new("note", "x", [])) }, "fields[2].id" },
        { Types with { Fields = Types.Fields.Add(new("x", "x", [" "])) }, "fields[2].choices" },
    };

    [Theory, MemberData(nameof(Bad))]
    public void What_is_wrong_with_a_tree_is_named(CallTypes types, string fields) => Assert.Equal(fields, string.Join(' ', types.Check().Select(fault => fault.Field)));

    [Fact]
    public void A_draft_may_lack_everything_and_a_final_one_must_have_what_its_type_demands()
    {
        Assert.Empty(Draft.Check(Types).AsEnumerable());
        Assert.Equal(["callType"], Fields(Draft with { Final = true }));
        Assert.Empty(Fields(Draft with { CallType = "broken" }));
        Assert.Equal(["note", "fields.serial"], Fields(Draft with { CallType = "broken", Note = "  ", Final = true }));
        Assert.Equal(["result"], Fields(Draft with { CallType = "price", Final = true }));
        Assert.Empty(Fields(Draft with { CallType = "broken", Note = "x", Fields = [new("serial", "1")], Final = true }));
    }

    [Fact]
    public void Where_a_firm_has_no_call_types_a_final_one_needs_none() => Assert.Empty((Draft with { Final = true }).Check(CallTypes.Nothing(Acme)).AsEnumerable());

    [Fact]
    public void What_is_not_in_the_tree_is_refused_in_a_draft_too()
    {
        Assert.Equal(["callType"], Fields(Draft with { CallType = "nowhere" }));
        Assert.Equal(["callType"], Fields(Draft with { CallType = "repair" })); // not a leaf
        Assert.Equal(["result"], Fields(Draft with { Result = "nowhere" }));
        Assert.Equal(["fields[0].field", "fields[1].value"], Fields(Draft with { Fields = [new("nothing", "x"), new("city", "广州")] }));
        Assert.Equal(["note"], Fields(Draft with { Note = new('字', 2_001) }));
        Assert.Empty(Fields(Draft with { Note = new('字', 2_000) }));
    }

    private static string[] Fields(Summary summary) => [.. summary.Check(Types).Select(fault => fault.Field)];

    [Fact]
    public void A_card_has_one_text_for_a_step()
    {
        var card = new ScriptCard(Acme, ScriptCard.Default, [new(ScriptStep.Greet, "您好"), new(ScriptStep.Close, "再见")]);
        Assert.Empty(card.Check().AsEnumerable());
        Assert.Equal(["steps"], (card with { Steps = card.Steps.Add(new(ScriptStep.Greet, "喂")) }).Check().Select(fault => fault.Field));
    }
}
