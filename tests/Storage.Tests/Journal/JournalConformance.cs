using CallCenter.Storage.Journal;
using static CallCenter.Storage.Tests.A;

namespace CallCenter.Storage.Tests.Journal;

/// <summary>What every database's journal must do.</summary>
public abstract class JournalConformance
{
    /// <summary>The journal as one more process sees it.</summary>
    private protected abstract JournalBox Open();

    /// <summary>The journal as it stands after a power cut at this moment.</summary>
    private protected abstract JournalBox OpenAfterCrash();

    private static Subject NewSubject(TenantId? owner = null) => Subject.Call(owner ?? Acme, NewCall());

    [Fact]
    public async Task What_was_appended_is_read_back_whole_and_in_order()
    {
        using var box = Open();
        var subject = NewSubject();
        JournalEntry[] entries =
        [
            new(1, [Arrived(), new NodeEntered(Noon, "greet")], 1, [new AnswerLeg(Caller), new PlayToLeg(Caller, "greet.1", [Prompt.Of("hello", "zh-CN")], null, true)], 0, [new(new(SenderKind.Edge, "edge-0", 7), 1)], false),
            new(2, [], 3, [], 2, [new(new(SenderKind.Edge, "edge-0", 7), 2), new(new(SenderKind.Agent, "acme/anna", 9), 4)], false),
            new(3, [new CallEnded(Noon, EndedBy.Caller, EndReason.HangUp, Blame.Nobody)], 3, [], 2, [], true),
        ];
        foreach (var entry in entries) await box.Journal.Append(subject, entry, urgency: Urgency.Now);

        Assert.Equal(entries, await box.Journal.Read(subject, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_subject_without_entries_is_empty()
    {
        using var box = Open();
        Assert.Empty(await box.Journal.Read(NewSubject(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_rides_along_is_committed_without_anybody_urging()
    {
        using var box = Open();
        var subject = NewSubject();
        await box.Journal.Append(subject, Entry(1, Arrived()));
        Assert.Single(box.Entries.Read(subject));
    }

    [Fact]
    public async Task Reading_waits_for_what_was_appended_before()
    {
        using var box = Open();
        var subject = NewSubject();
        var under = box.Journal.Append(subject, Entry(1, Arrived()));
        Assert.Single(await box.Journal.Read(subject, TestContext.Current.CancellationToken));
        await under;
    }

    [Fact]
    public async Task The_same_entry_twice_is_stored_once()
    {
        using var box = Open();
        var subject = NewSubject();
        var entry = Entry(1, Arrived()) with { Owed = [new AnswerLeg(Caller)] };
        await box.Journal.Append(subject, entry, urgency: Urgency.Now);
        await box.Journal.Append(subject, entry, urgency: Urgency.Now);
        Assert.Single(await box.Journal.Read(subject, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Another_entry_under_the_same_number_is_fenced_off()
    {
        using var box = Open();
        var subject = NewSubject();
        await box.Journal.Append(subject, Entry(1, Arrived()), urgency: Urgency.Now);
        await Assert.ThrowsAsync<FencedException>(() => box.Journal.Append(subject, Entry(1, Arrived(second: 1)), urgency: Urgency.Now));
        Assert.Equal([Entry(1, Arrived())], await box.Journal.Read(subject, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_activation_of_another_process_that_wrote_first_wins()
    {
        using var first = Open();
        using var second = Open();
        var subject = NewSubject();
        await first.Journal.Append(subject, Entry(1, Arrived()), urgency: Urgency.Now);
        await second.Journal.Append(subject, Entry(2, new CallAdmitted(Noon)), urgency: Urgency.Now);
        await Assert.ThrowsAsync<FencedException>(() => first.Journal.Append(subject, Entry(2, new NodeEntered(Noon, "start")), urgency: Urgency.Now));
        Assert.Equal(2, (await first.Journal.Read(subject, TestContext.Current.CancellationToken)).Count);
    }

    [Fact]
    public async Task The_loser_can_add_nothing_more_until_it_has_read()
    {
        using var winner = Open();
        using var loser = Open();
        var subject = NewSubject();
        await loser.Journal.Append(subject, Entry(1, Arrived()), urgency: Urgency.Now);
        await winner.Journal.Append(subject, Entry(2, new CallAdmitted(Noon)), urgency: Urgency.Now);

        var lost = loser.Journal.Append(subject, Entry(2, new NodeEntered(Noon, "a")));
        var after = loser.Journal.Append(subject, Entry(3, new NodeEntered(Noon, "b")), urgency: Urgency.Now); // its number would fit the winner's line
        await Assert.ThrowsAsync<FencedException>(() => lost);
        await Assert.ThrowsAsync<FencedException>(() => after);
        await Assert.ThrowsAsync<FencedException>(() => loser.Journal.Append(subject, Entry(3, new NodeEntered(Noon, "b")), urgency: Urgency.Now));

        Assert.Equal(2, (await loser.Journal.Read(subject, TestContext.Current.CancellationToken)).Count);
        await loser.Journal.Append(subject, Entry(3, new NodeEntered(Noon, "c")), urgency: Urgency.Now);
        Assert.Equal(3, (await winner.Journal.Read(subject, TestContext.Current.CancellationToken)).Count);
    }

#if !ORLEANS_PACKAGES // there a line is one grain's alone
    [Fact]
    public async Task What_rests_on_an_entry_that_rides_along_is_not_stored_before_it()
    {
        using var box = Open();
        var (agent, call) = (NewSubject(), NewSubject());
        var ahead = box.Journal.Append(agent, Entry(1, Arrived()));
        await box.Journal.AppendBehind(box.Journal.Line, call, Entry(1, Arrived()), urgency: Urgency.Now);
        Assert.True(ahead.IsCompletedSuccessfully);
        Assert.Single(box.Entries.Read(agent));
    }

    [Fact]
    public async Task What_rests_on_an_entry_that_was_refused_is_refused_too()
    {
        using var box = Open();
        var (agent, call, other) = (NewSubject(), NewSubject(), NewSubject());
        var line = box.Journal.Line;
        var lost = box.Journal.Append(agent, Entry(2, Arrived())); // the first is missing
        var behind = box.Journal.AppendBehind(line, call, Entry(1, Arrived()), urgency: Urgency.Now);
        await Assert.ThrowsAnyAsync<IOException>(() => lost);
        await Assert.ThrowsAsync<FencedException>(() => behind);
        await Assert.ThrowsAsync<FencedException>(() => box.Journal.AppendBehind(line, other, Entry(1, Arrived()), urgency: Urgency.Now)); // the word was on its way
        Assert.Empty(await box.Journal.Read(call, TestContext.Current.CancellationToken));
        Assert.Empty(await box.Journal.Read(other, TestContext.Current.CancellationToken));
        await box.Journal.AppendBehind(box.Journal.Line, call, Entry(1, Arrived()), urgency: Urgency.Now);
        Assert.Single(box.Entries.Read(call));
    }
#endif

    [Fact]
    public async Task A_number_is_never_left_out()
    {
        using var box = Open();
        var subject = NewSubject();
        await Assert.ThrowsAsync<JournalGapException>(() => box.Journal.Append(subject, Entry(2, Arrived()), urgency: Urgency.Now));
        Assert.Empty(await box.Journal.Read(subject, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Open_names_what_is_not_closed()
    {
        using var box = Open();
        var (going, ended, agent) = (NewSubject(), NewSubject(Globex), Subject.Agent(Acme, Anna));
        await box.Journal.Append(going, Entry(1, Arrived()));
        await box.Journal.Append(ended, Entry(1, Arrived()));
        await box.Journal.Append(agent, Entry(1, new AgentSignedIn(Noon, "1001")));
        await box.Journal.Append(ended, Entry(2).Ends(), urgency: Urgency.Now);

        Assert.Equal([going], await box.Journal.Open(SubjectKind.Call, TestContext.Current.CancellationToken));
        Assert.Equal([agent], await box.Journal.Open(SubjectKind.Agent, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task One_name_under_two_tenants_is_two_subjects()
    {
        using var box = Open();
        var call = NewCall();
        var (acme, globex) = (Subject.Call(Acme, call), Subject.Call(Globex, call));
        await box.Journal.Append(acme, Entry(1, Arrived()), [new(PersonalFields.CallerNumber, "13800138000", "+8613800138000")], Urgency.Now);
        await box.Journal.Append(globex, Entry(1, Arrived(second: 1)), urgency: Urgency.Now);
        Assert.Equal([Entry(1, Arrived())], await box.Journal.Read(acme, TestContext.Current.CancellationToken));
        Assert.Equal([Entry(1, Arrived(second: 1))], await box.Journal.Read(globex, TestContext.Current.CancellationToken));
        Assert.Empty(await box.Personal.Read(globex, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Facts_are_numbered_through_the_subject()
    {
        using var box = Open();
        var subject = NewSubject();
        foreach (var entry in WholeCall()) await box.Journal.Append(subject, entry);
        Assert.Equal([1, 4, 5, 7, 11, 14], box.Entries.Read(subject).Select(e => e.FirstFact));
    }

    [Fact]
    public async Task Eight_writers_in_two_processes_leave_gapless_positions_and_nothing_twice()
    {
        using var one = Open();
        using var two = Open();
        var work = Enumerable.Range(0, 8).Select(w => Task.Run(async () =>
        {
            var journal = (w % 2 == 0 ? one : two).Journal;
            for (var c = 0; c < 5; c++)
            {
                var subject = Subject.Call(Acme, NewCall());
                foreach (var entry in WholeCall()) await journal.Append(subject, entry, urgency: Urgency.Now);
                await Assert.ThrowsAsync<FencedException>(() => journal.Append(subject, Entry(3), urgency: Urgency.Now));
            }
        }));
        await Task.WhenAll(work);

        var all = one.Entries.After(Positions.None, 1000);
        Assert.Equal(8 * 5 * 6, all.Length);
        Assert.All(all.GroupBy(e => e.Writer), line => Assert.Equal(Enumerable.Range(1, line.Count()).Select(p => (long)p), line.Select(e => e.Position)));
        Assert.All(all.GroupBy(e => e.Subject), line => Assert.Equal([1, 2, 3, 4, 5, 6], line.Select(e => e.Row.Number)));
    }

    [Fact]
    public async Task What_was_committed_survives_a_crash()
    {
        using var box = Open();
        var subject = NewSubject();
        var call = WholeCall();
        foreach (var entry in call) await box.Journal.Append(subject, entry, [new(PersonalFields.CallerName, "李雷")], Urgency.Now);
        using var after = OpenAfterCrash();
        Assert.Equal(call, await after.Journal.Read(subject, TestContext.Current.CancellationToken));
        Assert.Equal([new PersonalValue(PersonalFields.CallerName, "李雷")], await after.Personal.Read(subject, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Stopping_commits_what_waits()
    {
        var box = Open();
        var subject = NewSubject();
        var appended = box.Journal.Append(subject, Entry(1, Arrived()));
        box.Dispose();
        await appended;
        using var again = Open();
        Assert.Single(await again.Journal.Read(subject, TestContext.Current.CancellationToken));
    }
}
