using CallCenter.Domain.Calls.Conversations;
using CallCenter.Domain.Kpi;
using CallCenter.Domain.Voicemails;
using CallCenter.Storage.Journal;
using CallCenter.Storage.Projections;
using CallCenter.Storage.Tests.Journal;
using Microsoft.Extensions.Logging.Abstractions;
using static CallCenter.Storage.Tests.A;

namespace CallCenter.Storage.Tests.Projections;

/// <summary>What every database's views must do.</summary>
public abstract class ViewsConformance : IDisposable
{
    private readonly JournalBox box;
    private IViewStore views;
    private Projector projector;

    protected ViewsConformance()
    {
        box = OpenJournal();
        views = OpenViews();
        projector = NewProjector();
    }

    private protected abstract JournalBox OpenJournal();

    private protected abstract IViewStore OpenViews();

    /// <summary>Empty views.</summary>
    private protected abstract IViewStore OpenEmptyViews();

    /// <summary>All rows of all tables as text.</summary>
    private protected abstract string Dump();

    private Reports Reports => new(views, box.Entries, box.Cipher);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static CallFilter Any => new(null, null, null, null, null);

    private Projector NewProjector() => new(box.Entries, views, box.Journal.Committed, TimeProvider.System, NullLogger<Projector>.Instance);

    private void Restart()
    {
        views.Dispose();
        views = OpenViews();
        projector.Dispose();
        projector = NewProjector();
    }

    private async Task<CallId> Store(JournalEntry[] entries, TenantId? owner = null, string? callerNumber = null, double at = 0)
    {
        var call = NewCall(At(at));
        foreach (var entry in entries)
            await box.Journal.Append(Subject.Call(owner ?? Acme, call), entry, callerNumber is null || entry.Number != 1 ? [] : [new(PersonalFields.CallerNumber, callerNumber, "+86" + callerNumber)], Urgency.Now);
        return call;
    }

    [Fact]
    public async Task Ten_thousand_calls_are_listed_searched_and_paged()
    {
        var all = WholeCall().SelectMany(entry => entry.Facts).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 10_000).Select(n => box.Journal.Append(
            Subject.Call(Acme, NewCall(At(n))), Entry(1, [.. all.Select(fact => Moved(fact, n))]).Ends(), [new(PersonalFields.CallerNumber, $"138{n % 2_000:00000000}", $"+86138{n % 2_000:00000000}")], Urgency.Now)));
        projector.CatchUp(Stop);
        var looks = new (string Name, CallFilter Filter, int Expected)[]
        {
            ("all", Any, 50), ("a number", Any with { Number = "13800001234" }, 5), ("nobody's number", Any with { Number = "13899999999" }, 0), ("a queue", Any with { Queue = Support }, 50), ("a queue without calls", Any with { Queue = new("none") }, 0),
            ("an agent", Any with { Agent = Anna }, 50), ("an hour", Any with { From = At(5_000), To = At(5_030) }, 30), ("a leader's", Any with { Scope = new([Bert], [Support]) }, 50),
        };
        await Reports.Calls(Acme, Any, null, 50, Stop); // what is compiled at its first use is not what is measured
        var late = (await Reports.Calls(Acme, Any, null, 9_000, Stop)).Next;
        var times = new List<(string Name, double Ms)>();
        foreach (var (name, filter, expected) in looks) times.Add((name, await Middle(filter, null, expected)));
        times.Add(("a late part", await Middle(Any, late, 50)));
        // told, not judged: others run beside it
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", times.Select(time => $"{time.Name} {time.Ms:0} ms")));
    }

    /// <summary>The same some seconds later; every other call is one of the support that Bert takes.</summary>
    private static Fact Moved(Fact fact, int n) => (fact switch
    {
        Enqueued e when n % 2 == 1 => e with { Queue = Support },
        OfferStarted o when n % 2 == 1 => o with { Agent = Bert, Queue = Support },
        AgentJoined j when n % 2 == 1 => j with { Agent = Bert },
        AgentLeft l when n % 2 == 1 => l with { Agent = Bert },
        _ => fact,
    }) with { At = fact.At.AddSeconds(n) };

    private async Task<double> Middle(CallFilter filter, string? cursor, int expected)
    {
        var took = new double[5];
        for (var i = 0; i < took.Length; i++)
        {
            var began = System.Diagnostics.Stopwatch.GetTimestamp();
            Assert.Equal(expected, (await Reports.Calls(Acme, filter, cursor, 50, Stop)).Items.Count);
            took[i] = System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }
        return took.Order().ElementAt(took.Length / 2);
    }

    [Fact]
    public async Task Who_waited_in_a_queue_is_told_with_the_answer_and_the_end()
    {
        var entries = WholeCall();
        await Store(entries);
        await Store([entries[0], entries[1] with { Facts = [new Enqueued(At(65), Support, 5)] }], at: 60);
        await Store([entries[0], entries[1], Entry(3, new CallEnded(At(25), EndedBy.Caller, EndReason.HangUp, Blame.Nobody)).Ends()]);
        await Store(WholeCall(), Globex);
        projector.CatchUp(Stop);
        var spells = await Reports.Spells(Acme, At(-1), Stop);
        Assert.Equal([new(Sales, At(5), At(12), At(42)), new(Sales, At(5), null, At(25)), new QueueSpell(Support, At(65), null, null)], spells.OrderBy(s => s.Queue.Value).ThenBy(s => s.AnsweredAt is null));
        Assert.Empty(await Reports.Spells(Acme, At(1), Stop));
    }

    [Fact]
    public async Task A_whole_call_becomes_a_record_with_every_second_accounted_for()
    {
        var id = await Store(WholeCall(), callerNumber: "13800138000");
        projector.CatchUp(Stop);
        var record = await Reports.Call(Acme, id, Stop);
        Assert.Equal(
            new CallRecord(id, "inbound", "13800138000", "4008001001", "上海", Sales, [Anna], At(0), At(1), At(12), At(42),
                new(EndedBy.Caller, EndReason.HangUp, Blame.Nobody), 4_000, 7_000, 30_000, 0, 0, [$"{id}-r1"]) { Spells = [new(Anna, Phone, At(12), At(42), 30_000, 0, 0, 0, 0)] },
            record);
        Assert.Equal(record, (await Reports.Calls(Acme, Any, null, 10, Stop)).Items.Single());
    }

    [Fact]
    public async Task An_outbound_call_tells_the_number_shown_who_dialled_and_whom()
    {
        var id = NewCall(At(0));
        await box.Journal.Append(Subject.Call(Acme, id), Entry(1, new CallDialled(At(0), new("edge-0"), 7, Anna, "1001", Phone, null, null, null, false), new ReachRinging(At(1), 2, LegId.Called, At(61), "demo-trunk", "01012345678")), [new(PersonalFields.Dial(LegId.Called), "13900139000", "+8613900139000")], Urgency.Now);
        projector.CatchUp(Stop);
        var record = (await Reports.Call(Acme, id, Stop))!;
        Assert.Equal(("outbound", "01012345678", "13900139000", new CallDialler(Anna, "1001")), (record.Direction, record.From, record.To, record.DialledBy));
        Assert.Equal(record, Assert.Single((await Reports.Calls(Acme, Any with { Number = "139 0013 9000" }, null, 10, Stop)).Items));
    }

    [Fact]
    public async Task A_fax_machine_stands_in_the_record()
    {
        var id = await Store([Entry(1, Arrived(), new LegAnswered(At(1), Caller), new FaxDetected(At(3), Caller, FaxTone.Calling))]);
        projector.CatchUp(Stop);
        Assert.Equal([new FaxSign(At(3), Caller, FaxTone.Calling)], (await Reports.Call(Acme, id, Stop))!.Faxes);
    }

    [Fact]
    public async Task Who_answered_stands_in_the_record()
    {
        var id = await Store([Entry(1, new CallDialled(At(0), new("edge-0"), 7, Anna, "1001", Caller, null, null, null, false, true), new CustomerJoined(At(2), LegId.Called), new AnswerClassified(At(4), LegId.Called, AnswerKind.Machine, 0.94, 2300))]);
        projector.CatchUp(Stop);
        Assert.Equal(new AnswerSign(AnswerKind.Machine, 0.94, 2300), (await Reports.Call(Acme, id, Stop))!.Answer);
    }

    [Fact]
    public async Task A_call_that_goes_on_is_there_as_far_as_it_came()
    {
        var id = await Store(WholeCall()[..2]);
        projector.CatchUp(Stop);
        var record = (await Reports.Call(Acme, id, Stop))!;
        Assert.Equal((Sales, null, null), (record.Queue, record.EndedAt, record.Ended));
    }

    [Fact]
    public async Task A_voicemail_is_listed_by_box_and_state_until_it_is_deleted()
    {
        var call = await Store([new(1, [
            new CallArrived(At(0), Caller, new("edge-0"), 1, "t", "4008001001", new(new("main"), 1), null, "1", false), new VoicemailStarted(At(2), "mail", "sales", "vm1", CallMachine.VoicemailTrack, Caller), new VoicemailDropped(At(2.5), "vm1", 500),
            new VoicemailStarted(At(3), "mail", "sales", "vm2", CallMachine.VoicemailTrack, Caller), new VoicemailLeft(At(9), "sales", "vm2", 6_000), new CallEnded(At(9), EndedBy.Caller, EndReason.HangUp, Blame.Nobody)], 1, [], 0, [], true)], callerNumber: "13800138000");
        projector.CatchUp(Stop);
        var expected = new VoicemailRecord($"{call}-vm2", call, "sales", "13800138000", At(3), 6_000, VoicemailState.New, null, null, Caller);
        Assert.Equal(expected, Assert.Single((await Reports.Voicemails(Acme, new(["support", "sales"], VoicemailState.New), null, 10, Stop)).Items));
        Assert.Empty((await Reports.Voicemails(Acme, new(["support"], null), null, 10, Stop)).Items);
        Assert.Null(await Reports.Voicemail(Globex, expected.Id, Stop));
        await box.Journal.Append(Subject.Voicemail(Acme, expected.Id), new(1, [new VoicemailMarked(At(20), VoicemailState.Taken, Anna, "anna")], 1, [], 0, [], false), urgency: Urgency.Now);
        projector.CatchUp(Stop);
        Assert.Equal(expected with { State = VoicemailState.Taken, Agent = Anna, ChangedAt = At(20) }, await Reports.Voicemail(Acme, expected.Id, Stop));
        Assert.Empty((await Reports.Voicemails(Acme, new(null, VoicemailState.New), null, 10, Stop)).Items);
        await box.Journal.Append(Subject.Voicemail(Acme, expected.Id), new(2, [new VoicemailDeleted(At(30), "anna")], 1, [], 0, [], true), urgency: Urgency.Now);
        projector.CatchUp(Stop);
        Assert.Null(await Reports.Voicemail(Acme, expected.Id, Stop));
        Assert.Empty((await Reports.Voicemails(Acme, new(null, null), null, 10, Stop)).Items);
    }

    [Fact]
    public async Task A_recording_is_listed_with_its_legs()
    {
        var id = await Store(WholeCall());
        projector.CatchUp(Stop);
        var recording = new RecordingRecord($"{id}-r1", id, Caller, Phone, At(12), At(42));
        Assert.Equal(recording, await Reports.Recording(Acme, recording.Id, Stop));
        Assert.Equal([recording], (await Reports.Recordings(Acme, null, null, 10, Stop)).Items);
    }

    [Fact]
    public async Task A_track_has_its_seal_which_comes_after_the_end()
    {
        var id = await Store([Entry(1, Arrived(), new LegAnswered(At(1), Caller), new RecordingStarted(At(2), "r1", Caller, Phone), new TrackStarted(At(2), "r1", "caller-1", Caller, Channel.Left), new TrackStarted(At(2), "r1", "agent-1", Phone, Channel.Right)),
            Entry(2, new TrackStopped(At(9), "r1", "caller-1"), new TrackStopped(At(9), "r1", "agent-1"), new RecordingStopped(At(9), "r1"), new CallEnded(At(9), EndedBy.Caller, EndReason.HangUp, Blame.Nobody)),
            Entry(3, new TrackSealed(At(9.2), "r1", "caller-1", 2, 0, "ab"), new SealsGivenUp(At(70))).Ends()]);
        projector.CatchUp(Stop);
        Assert.Equal(["ab", ""], (await Reports.Recording(Acme, $"{id}-r1", Stop))!.Tracks.Select(t => t.Seal ?? "").ToArray());
        Assert.Equal(At(9), (await Reports.Call(Acme, id, Stop))!.EndedAt);
    }

    [Fact]
    public async Task A_record_tells_how_its_legs_sounded_and_how_both_sides_spoke()
    {
        var quality = new LegQuality(4.41, 3.02, 0.25, 7.5, null, 4.2, new(10, [4.41, 3.02], [0, 2.5], [1, 14], [0, 0]));
        var id = await Store([Entry(1, Arrived(), new RecordingStarted(At(2), "r1", Caller, Phone), new TrackStarted(At(2), "r1", "caller-1", Caller, Channel.Left)),
            Entry(2, new LegEnded(At(12), Caller, LegEndedBy.FarEnd, 0, 16, quality), new TrackStopped(At(12), "r1", "caller-1"), new RecordingStopped(At(12), "r1"), new CallEnded(At(12), EndedBy.Caller, EndReason.HangUp, Blame.Nobody)),
            Entry(3, new TrackSealed(At(12.2), "r1", "caller-1", 2, 0, "ab", new(4_000, 3_000, 120, 80))).Ends()]);
        projector.CatchUp(Stop);
        var call = (await Reports.Call(Acme, id, Stop))!;
        Assert.Equal([new LegSound(Caller, quality)], call.Quality);
        Assert.Equal(new CallSpeech(new(10_000, 4_000, 0.6, 120, 3_000), new(0, 0, 0, 80, 0)), call.Speech);
        Assert.Equal(new TrackSpeech(4_000, 3_000, 120, 80), (await Reports.Recording(Acme, $"{id}-r1", Stop))!.Tracks[0].Speech);
    }

    [Fact]
    public async Task Another_tenant_sees_nothing_of_it()
    {
        var id = await Store(WholeCall(), callerNumber: "13800138000");
        projector.CatchUp(Stop);
        Assert.Null(await Reports.Call(Globex, id, Stop));
        Assert.Null(await Reports.Facts(Globex, id, Stop));
        Assert.Null(await Reports.Recording(Globex, $"{id}-r1", Stop));
        Assert.Empty((await Reports.Calls(Globex, Any with { Number = "13800138000" }, null, 10, Stop)).Items);
        Assert.Empty((await Reports.Recordings(Globex, null, null, 10, Stop)).Items);
    }

    [Fact]
    public async Task The_facts_of_a_call_are_its_timeline()
    {
        var id = await Store(WholeCall());
        Assert.Equal(WholeCall().SelectMany(e => e.Facts.AsEnumerable()), (await Reports.Facts(Acme, id, Stop))!.Value);
    }

    [Fact]
    public async Task Calls_are_found_by_each_filter()
    {
        var sales = await Store(WholeCall(0), callerNumber: "13800138000", at: 0);
        var support = await Store(WholeCall(100, "4008001002", Support, Bert), callerNumber: "13900139000", at: 100);
        projector.CatchUp(Stop);

        await Finds([support, sales], Any);
        await Finds([support], Any with { From = At(50) });
        await Finds([sales], Any with { To = At(100) });
        await Finds([sales], Any with { Queue = Sales });
        await Finds([support], Any with { Agent = Bert });
        await Finds([sales], Any with { Number = "4008001001" });
        await Finds([support], Any with { Number = "400-800-1002" });
        await Finds([sales], Any with { Number = "+86 138 0013 8000" });
        await Finds([], Any with { Number = "13700137000" });
        await Finds([], Any with { Queue = Sales, Agent = Bert });
    }

    private async Task Finds(CallId[] expected, CallFilter filter) => Assert.Equal(expected, (await Reports.Calls(Acme, filter, null, 10, Stop)).Items.Select(c => c.Id));

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repetition()
    {
        for (var i = 0; i < 7; i++) await Store(WholeCall(i / 2), at: i); // two at a time begin in the same ms
        projector.CatchUp(Stop);
        var all = (await Reports.Calls(Acme, Any, null, 100, Stop)).Items;
        var paged = new List<CallRecord>();
        string? cursor = null;
        do
        {
            var page = await Reports.Calls(Acme, Any, cursor, 3, Stop);
            paged.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);
        Assert.Equal(all, paged);
        Assert.Equal(all.OrderByDescending(c => c.StartedAt), all);
        Assert.Equal(7, (await Reports.Calls(Acme, Any, "no cursor of ours", 10, Stop)).Items.Count);
    }

    [Fact]
    public async Task After_call_work_is_added_to_its_call()
    {
        var id = await Store(WholeCall());
        var agent = Subject.Agent(Acme, Anna);
        var contact = new Contact(Acme, id);
        await box.Journal.Append(agent, Entry(1, new AgentReleased(At(42), contact, 1, At(72), false)), urgency: Urgency.Now);
        projector.CatchUp(Stop);
        Assert.Equal(0, (await Reports.Call(Acme, id, Stop))!.TAcw);
        Restart();
        await box.Journal.Append(agent, Entry(2, new AfterCallEnded(At(52.5))), urgency: Urgency.Now);
        projector.CatchUp(Stop);
        Assert.Equal(10_500, (await Reports.Call(Acme, id, Stop))!.TAcw);
    }

    [Fact]
    public async Task Folding_anew_gives_the_same_bytes_however_it_was_cut()
    {
        var random = new Random(42);
        var calls = Enumerable.Range(0, 20).Select(i => (Subject: Subject.Call(i % 3 == 0 ? Globex : Acme, NewCall(At(i))), Left: new Queue<JournalEntry>(WholeCall(i)))).ToList();
        while (calls.Count > 0)
        {
            var (subject, left) = calls[random.Next(calls.Count)];
            await box.Journal.Append(subject, left.Dequeue(), urgency: Urgency.Now);
            calls.RemoveAll(c => c.Left.Count == 0);
            if (random.Next(10) == 0) Restart();
            if (random.Next(3) == 0) projector.CatchUp(Stop);
        }
        projector.CatchUp(Stop);
        var before = Dump();

        views.Dispose();
        views = OpenEmptyViews();
        projector.Dispose();
        projector = NewProjector();
        projector.CatchUp(Stop);
        Assert.Equal(before, Dump());
        Assert.Contains("4008001001", before, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_running_projector_follows_the_journal_by_itself()
    {
        await projector.StartAsync(Stop);
        CallRecord? record = null;
        var id = await Store(WholeCall());
        while (record?.EndedAt is null)
        {
            var folded = projector.Folded.Next;
            record = await Reports.Call(Acme, id, Stop);
            if (record?.EndedAt is null) await folded.WaitAsync(TimeSpan.FromSeconds(20), Stop);
        }
        await projector.StopAsync(Stop);
    }

    public virtual void Dispose()
    {
        projector.Dispose();
        views.Dispose();
        box.Dispose();
    }
}
