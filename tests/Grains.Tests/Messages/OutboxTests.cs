using CallCenter.Grains.Messages;

namespace CallCenter.Grains.Tests.Messages;

public sealed class OutboxTests : IOutboxOwner
{
    readonly TestClock clock = new();
    readonly Outbox outbox;
    readonly List<string> sent = [];
    readonly Dictionary<string, long> settledUpTo = [];
    readonly Dictionary<string, TaskCompletionSource> open = [];
    readonly HashSet<string> down = [];
    DateTimeOffset? alarm;
    int settled, failures;
    bool manual;

    public OutboxTests() => outbox = new(clock, new(SenderKind.Call, "acme/c1", 5), this);

    void IOutboxOwner.WakeBy(DateTimeOffset at)
    {
        if (alarm is null || at < alarm) alarm = at;
    }

    void IOutboxOwner.NotReached(string destination, Exception? fault) => failures++;

    void IOutboxOwner.Settled() => settled++;

    Lane<string> To(string key) => outbox.To<string, int>(SenderKind.Agent, key, 0, _ => letter => Send(key, letter));

    Lane<string> Direct(string key) => outbox.Direct<string>(SenderKind.Edge, key, letter => Send(key, letter));

    Task Send(string key, Letter<string> letter)
    {
        sent.Add($"{key}:{string.Join(",", letter.Messages.Select(m => m.Number == 0 ? m.Body : $"{m.Body}#{m.Number}"))}");
        settledUpTo[key] = letter.Settled;
        if (down.Contains(key)) return Task.FromException(new IOException("down"));
        return manual ? (open[key] = new()).Task : Task.CompletedTask;
    }

    List<string> Sent()
    {
        outbox.Flush();
        var copy = sent.ToList();
        sent.Clear();
        return copy;
    }

    void Pass(double seconds)
    {
        var until = clock.GetUtcNow() + TimeSpan.FromSeconds(seconds);
        while (alarm is { } at && at <= until)
        {
            clock.Advance(at > clock.GetUtcNow() ? at - clock.GetUtcNow() : TimeSpan.Zero);
            alarm = null;
            outbox.Tick();
        }
        clock.Advance(until - clock.GetUtcNow());
    }

    void Acknowledge(string key, long upTo, long epoch = 5) => outbox.Acknowledge(new(SenderKind.Agent, key, epoch, upTo));

    [Fact]
    public void Messages_of_one_turn_leave_in_one_letter_and_in_order()
    {
        To("anna").Owe("take", 1);
        To("anna").Put("renew");
        To("anna").Owe("close", 2);
        Assert.Equal(["anna:take#1,renew,close#2"], Sent());
    }

    [Fact]
    public void Destinations_are_told_in_the_order_in_which_they_were_first_named()
    {
        Direct("edge").Owe("hang up", 1);
        To("anna").Owe("close", 2);
        Direct("edge").Owe("stop", 3);
        Assert.Equal(["edge:hang up,stop", "anna:close#1"], Sent());
    }

    [Fact]
    public void The_next_letter_waits_until_the_one_before_was_taken_in()
    {
        manual = true;
        To("anna").Owe("one", 1);
        Assert.Equal(["anna:one#1"], Sent());
        To("anna").Owe("two", 2);
        Assert.Empty(Sent());
        open["anna"].SetResult();
        Assert.Equal(["anna:two#2"], Sent());
    }

    [Fact]
    public void One_destination_that_is_down_holds_up_no_other()
    {
        down.Add("anna");
        To("anna").Owe("one", 1);
        To("bob").Owe("two", 2);
        Assert.Equal(["anna:one#1", "bob:two#1"], Sent());
        To("bob").Owe("three", 3);
        Assert.Equal(["bob:three#2"], Sent());
    }

    [Fact]
    public void It_tries_again_with_growing_pauses_while_it_fails_and_then_in_order()
    {
        down.Add("anna");
        To("anna").Owe("one", 1);
        Sent();
        Pass(0.09);
        Assert.Empty(Sent());
        Pass(0.02);
        Assert.Equal(["anna:one#1"], Sent());
        To("anna").Put("soft");
        Pass(60);
        Assert.InRange(Sent().Count, 12, 18); // 0.2, 0.4 … and then every 5 s
        down.Clear();
        Pass(5);
        Assert.Equal("anna:one#1,soft", Sent()[0]);
    }

    [Fact]
    public void A_send_that_hangs_counts_as_failed_after_five_seconds()
    {
        manual = true;
        To("anna").Owe("one", 1);
        Sent();
        Pass(4.9);
        Assert.Empty(Sent());
        var hung = open["anna"];
        Pass(0.3);
        Assert.Equal(["anna:one#1"], Sent());
        hung.SetResult(); // too late: harmless
        Assert.Equal(1, failures);
        Assert.False(outbox.IsSettled);
    }

    [Fact]
    public void What_is_owed_is_told_again_until_it_is_acknowledged()
    {
        To("anna").Owe("one", 1);
        Sent();
        Pass(1.1);
        Assert.Equal(["anna:one#1"], Sent());
        Acknowledge("anna", 1);
        Pass(10);
        Assert.Empty(Sent());
        Assert.True(outbox.IsSettled);
        Assert.Equal(1, settled);
    }

    [Fact]
    public void What_was_not_acknowledged_stands_before_what_is_new_when_it_is_told_again()
    {
        To("anna").Owe("one", 1);
        Sent();
        To("anna").Owe("two", 2);
        Assert.Equal(["anna:two#2"], Sent()); // the first was taken in, so it is not said twice at once
        Pass(1.1);
        Assert.Equal(["anna:one#1,two#2"], Sent());
    }

    [Fact]
    public void What_is_soft_is_told_until_it_was_taken_in_once()
    {
        down.Add("anna");
        To("anna").Put("renew");
        Sent();
        down.Clear();
        Pass(0.2);
        Assert.Equal(["anna:renew"], Sent());
        Pass(10);
        Assert.Empty(Sent());
        Assert.True(outbox.IsIdle);
    }

    [Fact]
    public void Too_many_soft_messages_push_out_the_oldest()
    {
        down.Add("anna");
        for (var i = 0; i < 100; i++) To("anna").Put(i.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("anna:" + string.Join(",", Enumerable.Range(68, 32)), Sent().Single());
    }

    [Fact]
    public void An_acknowledgement_of_another_start_of_this_sender_pays_nothing()
    {
        To("anna").Owe("one", 1);
        Sent();
        Acknowledge("anna", 1, epoch: 4);
        Assert.False(outbox.IsSettled);
    }

    [Fact]
    public void A_direct_lane_is_paid_by_being_taken_in()
    {
        manual = true;
        Direct("edge").Owe("answer", 1);
        Assert.Equal(["edge:answer"], Sent());
        Assert.False(outbox.IsSettled);
        open["edge"].SetResult();
        Assert.True(outbox.IsSettled);
        Assert.Equal(1, outbox.PaidUpTo);
    }

    [Fact]
    public void Paid_up_to_stops_before_the_first_open_debt_of_any_destination()
    {
        outbox.Resume(10);
        Assert.Equal(10, outbox.PaidUpTo);
        To("anna").Owe("one", 11);
        To("bob").Owe("two", 12);
        Sent();
        Acknowledge("bob", 1);
        Assert.Equal(10, outbox.PaidUpTo);
        Acknowledge("anna", 1);
        Assert.Equal(12, outbox.PaidUpTo);
    }

    [Fact]
    public void What_waits_for_a_commit_leaves_after_it_and_holds_back_what_follows()
    {
        var commit = new TaskCompletionSource();
        To("anna").Owe("bridge", 1, commit.Task);
        To("anna").Put("renew");
        To("bob").Put("free");
        Assert.Equal(["bob:free"], Sent());
        commit.SetResult();
        outbox.Committed();
        Assert.Equal(["anna:bridge#1,renew"], Sent());
    }

    [Fact]
    public void What_waits_for_a_commit_that_fails_never_leaves()
    {
        var commit = new TaskCompletionSource();
        To("anna").Owe("bridge", 1, commit.Task);
        Sent();
        commit.SetException(new IOException("disk full"));
        Pass(60);
        Assert.Empty(Sent());
    }

    [Fact]
    public void A_sign_of_life_ends_the_pause()
    {
        down.Add("edge");
        Direct("edge").Owe("hang up", 1);
        Sent();
        Pass(30);
        Sent();
        down.Clear();
        Direct("edge").Hurry();
        Assert.Equal(["edge:hang up"], Sent());
    }

    [Fact]
    public void A_destination_that_is_gone_for_good_is_owed_nothing()
    {
        down.Add("edge");
        Direct("edge").Owe("hang up", 1);
        Sent();
        Direct("edge").Forgive();
        Pass(60);
        Assert.Empty(Sent());
        Assert.True(outbox.IsSettled);
    }

    [Fact]
    public void Nothing_wakes_an_outbox_that_has_nothing_to_say()
    {
        To("anna").Owe("one", 1);
        Sent();
        Acknowledge("anna", 1);
        Pass(30);
        Assert.Null(alarm);
    }

    [Fact]
    public void A_silent_lane_is_let_go_and_goes_on_above_all_that_was_said()
    {
        To("anna").Owe("one", 1);
        To("anna").Owe("two", 2);
        To("bob").Owe("three", 3);
        Sent();
        Acknowledge("anna", 2);
        outbox.ForgetSilent();
        To("anna").Owe("four", 4);
        To("bob").Owe("five", 5);
        Assert.Equal(["anna:four#3", "bob:five#2"], Sent());
        Assert.Equal(2, settledUpTo["anna"]);
        Acknowledge("anna", 2); // late, and of nothing that is still in line
        Assert.False(outbox.IsSettled);
        Acknowledge("anna", 3);
        Acknowledge("bob", 2);
        Assert.True(outbox.IsSettled);
    }

    /// <summary>Order and completeness under every kind of trouble: what arrives first of each message is in order, and everything arrives.</summary>
    [Fact]
    public void Whatever_fails_or_crashes_each_receiver_takes_everything_in_once_and_in_order()
    {
        for (var seed = 1; seed <= 300; seed++) new OutboxTrial(seed).Run();
    }
}
