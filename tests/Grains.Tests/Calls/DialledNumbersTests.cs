using CallCenter.Grains.Calls;

namespace CallCenter.Grains.Tests.Calls;

public sealed class DialledNumbersTests
{
    static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    static readonly LegId Leg = new("out-1");
    static readonly string Field = PersonalFields.Dial(Leg);
    static readonly CallId Call = new("c1");

    readonly DialledNumbers numbers = new();

    static readonly Consult Command = new(Noon, new(new("anna"), false), null, new(Number: "9 13900139000"));

    [Fact]
    public void The_number_of_a_command_is_remembered_under_the_field_that_the_order_names()
    {
        Assert.Equal(new PersonalValue(Field, "9 13900139000"), numbers.Note(Command, (Field, "9 13900139000"))!.Value with { Lookup = null });
        Assert.Null(numbers.Note(Command, (Field, "9 13900139000"))); // once is enough
        Assert.Equal(new ClearDial(Noon, Call, Leg, "9 13900139000", null, new("anna")), CallWords.ToTenant(new AskToDial(Leg, Field, null, new("anna")), Call, numbers, Noon));
    }

    [Fact]
    public void The_edge_gets_the_trunks_form_once_the_tenant_has_told_it()
    {
        numbers.Note(Command, (Field, "9 13900139000"));
        var kept = numbers.Note(new DialCleared(Noon, Leg, "demo-trunk", "01012345678", "13900139000"), null);
        Assert.Equal(new PersonalValue(PersonalFields.Called(Leg), "13900139000", "+8613900139000"), kept);
        Assert.Equal([new PersonalValue(Field, "13900139000")], numbers.For([new AnswerLeg(Leg), new RingNumber(Leg, Field, "demo-trunk", "01012345678", Noon)]));
        Assert.Equal("9 13900139000", numbers.Dialled(Field)); // asked anew, it is asked as dialled
    }

    [Fact]
    public void After_a_restart_both_come_from_the_personal_store()
    {
        numbers.Resume([new(PersonalFields.CallerNumber, "13800138000"), new(Field, "913900139000"), new(PersonalFields.Called(Leg), "13900139000")]);
        Assert.Equal(("913900139000", "13900139000"), (numbers.Dialled(Field), numbers.ToRing(new(Leg, Field, "t", "", Noon)).Value));
        Assert.Equal("", numbers.Dialled(PersonalFields.CallerNumber));
    }

    [Fact]
    public void A_number_that_was_lost_is_no_number()
    {
        Assert.Equal("", Assert.IsType<ClearDial>(CallWords.ToTenant(new AskToDial(Leg, Field, null, null), Call, numbers, Noon)).Number);
        Assert.Equal(TimeSpan.FromSeconds(3), Assert.IsType<GiveBackDial>(CallWords.ToTenant(new GiveBackChannel(Leg, TimeSpan.FromSeconds(3)), Call, numbers, Noon)).Talked);
    }
}
