namespace CallCenter.Domain.Tests.WebCalls;

public sealed class WebCallPlacesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly WebCallSettings Hotline = WebCallSettings.Off(new("acme"), "86-4008001001") with { Enabled = true, Limit = 10, PerAddress = 3 };
    private readonly WebCallPlaces places = new(100);

    private WebCallDenial? Enter(string call, string address, WebCallSettings? number = null, double second = 0) => places.Enter(new(call), number ?? Hotline, address, Noon.AddSeconds(second));

    [Fact]
    public void A_number_has_as_many_as_it_may_and_one_that_left_makes_room()
    {
        for (var i = 0; i < 10; i++) Assert.Null(Enter($"c{i}", $"a{i}"));
        Assert.Equal(WebCallDenial.NumberFull, Enter("c10", "a10"));
        places.Leave(new("c3"));
        Assert.Null(Enter("c10", "a10"));
    }

    [Fact]
    public void An_address_has_several_while_there_is_room_and_one_when_others_need_it()
    {
        for (var i = 0; i < 3; i++) Assert.Null(Enter($"many{i}", "greedy"));
        Assert.Equal(WebCallDenial.AddressFull, Enter("many3", "greedy"));
        Assert.Null(Enter("c0", "a0"));
        Assert.Null(Enter("c1", "a1")); // half of the places
        Assert.Equal(WebCallDenial.AddressFull, Enter("second", "a0"));
        for (var i = 2; i < 7; i++) Assert.Null(Enter($"c{i}", $"a{i}"));
        Assert.Equal(WebCallDenial.NumberFull, Enter("c7", "a7"));
    }

    [Fact]
    public void A_hundred_visitors_and_one_that_asks_without_end_share_fairly()
    {
        var number = Hotline with { Limit = 104 };
        var (greedy, let) = (0, 0);
        var all = new WebCallPlaces(1000);
        for (var i = 0; i < 100; i++)
        {
            for (var n = 0; n < 5; n++)
                if (all.Enter(new($"g{i}-{n}"), number, "greedy", Noon) is null) greedy++;
            if (all.Enter(new($"v{i}"), number, $"v{i}", Noon) is null) let++;
        }
        Assert.Equal((3, 100), (greedy, let));
    }

    [Fact]
    public void Numbers_have_places_of_their_own_and_the_tenant_has_a_limit_over_all()
    {
        var (small, other) = (new WebCallPlaces(11), Hotline with { Id = "86-4008001002" });
        for (var i = 0; i < 10; i++) Assert.Null(small.Enter(new($"c{i}"), Hotline, $"a{i}", Noon));
        Assert.Null(small.Enter(new("d0"), other, "b0", Noon));
        Assert.Equal(WebCallDenial.TenantFull, small.Enter(new("d1"), other, "b1", Noon));
    }

    [Fact]
    public void A_place_of_which_nobody_speaks_any_more_is_free_and_one_that_is_held_is_not()
    {
        for (var i = 0; i < 10; i++) Assert.Null(Enter($"c{i}", $"a{i}"));
        places.Hold(new("c0"), Hotline.Id, "a0", Noon.AddSeconds(20));
        for (var i = 1; i < 10; i++) Assert.Null(Enter($"d{i}", $"b{i}", second: 31));
        Assert.Equal(WebCallDenial.NumberFull, Enter("d10", "b10", second: 31));
    }

    [Fact]
    public void Who_tries_too_often_waits_a_minute()
    {
        for (var i = 0; i < WebCallPlaces.TriesAllowed; i++) Enter($"c{i}", "busy");
        Assert.Equal(WebCallDenial.TooOften, Enter("more", "busy", second: 59));
        Assert.NotEqual(WebCallDenial.TooOften, Enter("later", "busy", second: 61));
        Assert.Null(Enter("other", "calm", second: 59));
    }

    [Fact]
    public void The_same_call_takes_one_place()
    {
        Assert.Null(Enter("c", "a"));
        Assert.Null(Enter("c", "a"));
        Assert.Equal(1, places.Count);
    }
}
