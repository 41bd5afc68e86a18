using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CallCenter.Domain.Tests.Json;

public class FactJsonTests
{
    private static readonly DateTimeOffset Noon = new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero).AddTicks(1234567);

    public static TheoryData<Type> FactKinds() => [.. typeof(Fact).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(a => a.DerivedType)];
    public static TheoryData<Type> EffectKinds() => [.. typeof(Effect).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(a => a.DerivedType)];

    [Theory, MemberData(nameof(FactKinds))]
    public void Every_fact_reads_as_it_was_written(Type kind)
    {
        var fact = (Fact)Sample(kind)!;
        var json = FactJson.Write((Items<Fact>)[fact]);
        Assert.Equal([fact], FactJson.ReadFacts(json));
        Assert.Equal(FactJson.KindOf(fact), JsonDocument.Parse(json).RootElement[0].EnumerateObject().First().Value.GetString());
    }

    [Theory, MemberData(nameof(EffectKinds))]
    public void Every_effect_reads_as_it_was_written(Type kind)
    {
        var effect = (Effect)Sample(kind)!;
        Assert.Equal([effect], FactJson.ReadEffects(FactJson.Write((Items<Effect>)[effect])));
    }

    [Fact]
    public void Every_owed_effect_and_every_fact_has_a_kind()
    {
        var facts = typeof(Fact).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Fact)) && !t.IsAbstract && t != typeof(UnknownFact));
        Assert.Empty(facts.Except(FactKinds().Select(r => r.Data)));
        var owed = typeof(Fact).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Effect)) && !t.IsAbstract && t != typeof(UnknownEffect) && ((Effect)Sample(t)!).Owed);
        Assert.Empty(owed.Except(EffectKinds().Select(r => r.Data)));
    }

    [Fact]
    public void The_form_is_stable()
    {
        var json = Encoding.UTF8.GetString(FactJson.Write((Items<Fact>)[new CallEnded(Noon, EndedBy.Platform, EndReason.TenantBusy, Blame.Tenant), new QueueLeft(Noon, new("sales"), QueueLeaving.CallerLeft)]));
        Assert.Equal("""[{"kind":"callEnded","at":"2026-03-02T12:00:00.1234567+00:00","by":"platform","reason":"tenantBusy","blame":"tenant"},{"kind":"queueLeft","at":"2026-03-02T12:00:00.1234567+00:00","queue":"sales","why":"callerLeft"}]""", json);
    }

    [Fact]
    public void A_kind_of_a_newer_version_is_kept_as_it_was()
    {
        const string text = """[{"kind":"callHeld","at":"2026-03-02T12:00:00+00:00","x":{"y":[1,2]}},{"kind":"callAdmitted","at":"2026-03-02T12:00:01+00:00"}]""";
        var facts = FactJson.ReadFacts(Encoding.UTF8.GetBytes(text));
        Assert.Equal(("callHeld", Noon.AddTicks(-1234567)), (Assert.IsType<UnknownFact>(facts[0]).Kind, facts[0].At));
        Assert.IsType<CallAdmitted>(facts[1]);
        Assert.Equal(text, Encoding.UTF8.GetString(FactJson.Write(facts)));
        Assert.Same(CallState.Empty, CallState.Empty.With(new UnknownFact(default, "callHeld", "{}")));
    }

    [Fact]
    public void An_effect_of_a_newer_version_is_kept_as_it_was() =>
        Assert.Equal(new UnknownEffect("holdLeg", """{"kind":"holdLeg","leg":"a"}"""), Assert.Single(FactJson.ReadEffects("""[{"kind":"holdLeg","leg":"a"}]"""u8).AsEnumerable()));

    [Fact]
    public void Unknown_members_are_ignored_and_missing_ones_have_their_default()
    {
        var facts = FactJson.ReadFacts("""[{"new":{"a":1},"kind":"nodeEntered","at":"2026-03-02T12:00:00+00:00","node":"menu","more":[3]}]"""u8);
        Assert.Equal(new NodeEntered(Noon.AddTicks(-1234567), "menu", false), facts[0]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("[null]")]
    [InlineData("[{}]")]
    [InlineData("[{\"kind\":5}]")]
    [InlineData("[{\"kind\":\"callEnded\"")]
    [InlineData("[{\"kind\":\"callEnded\",\"at\":\"2026-03-02T12:00:00+00:00\",\"by\":\"nobody\"}]")]
    public void What_is_no_list_of_facts_is_told_so(string json) => Assert.ThrowsAny<JsonException>(() => FactJson.ReadFacts(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void No_facts_are_an_empty_list()
    {
        Assert.Equal("[]", Encoding.UTF8.GetString(FactJson.Write(default(Items<Fact>))));
        Assert.True(FactJson.ReadFacts("[]"u8).IsEmpty);
    }

    /// <summary>A value with every member set, made by the longest constructor.</summary>
    private static object? Sample(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) return "text 中";
        if (type == typeof(DateTimeOffset)) return Noon;
        if (type == typeof(TimeSpan)) return TimeSpan.FromMilliseconds(15_250);
        if (type == typeof(bool)) return true;
        if (type == typeof(int)) return 42;
        if (type == typeof(long)) return 1L << 40;
        if (type == typeof(decimal)) return 12.3400m;
        if (type == typeof(double)) return 4.41;
        if (type.IsEnum) return Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Items<>))
        {
            var item = type.GetGenericArguments()[0];
            var list = Array.CreateInstance(item, 2);
            for (var i = 0; i < 2; i++) list.SetValue(Sample(item), i);
            return typeof(Items).GetMethod(nameof(Items.ToItems))!.MakeGenericMethod(item).Invoke(null, [list]);
        }
        var maker = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).First();
        var idLike = maker.GetParameters() is [{ Name: "Value" }];
        return maker.Invoke([.. maker.GetParameters().Select(p => idLike ? "id-1" : Sample(p.ParameterType))]);
    }
}
