using CallCenter.Domain.Hours;
using CallCenter.Domain.Prompts;
using CallCenter.Storage.Configuration;
using static CallCenter.Storage.Tests.A;

namespace CallCenter.Storage.Tests.Configuration;

/// <summary>What every database's configuration store must do.</summary>
public abstract partial class ConfigurationConformance
{
    private protected static readonly Author Admin = new(Acme, "admin", "192.0.2.7");

    private protected abstract ConfigurationStore Open();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static readonly QueueSettings Queue = new(Acme, Sales, "售前咨询", 15, true, 30, "music");

    public static TheoryData<int> Kinds => [.. Enumerable.Range(0, Settings.Length)];

    private static readonly ISetting[] Settings =
    [
        new TenantSettings(Acme, "Acme", "acme.localhost", "Asia/Shanghai", "zh-CN", 20, null),
        new TenantSettings(Globex, "Globex", "globex.localhost", "Europe/Berlin", "en", 20, 5),
        new UserAccount(Acme, "admin", "Ada", Role.TenantAdmin, new("hash")),
        new UserAccount(Acme, "planner", "Paul", Role.Planner, new("hash"), Email: "paul@example.com", Disabled: true),
        new ApiKey(Acme, "key3", "Import", Role.TenantAdmin, new("hash"), null, Scopes: ["calls.read", "queues.write"]),
        new AccessPolicy(Acme, [Role.TeamLeader], [new(Role.Agent, ["192.0.2.0/24"], true, false)]),
        new TenantSettings(new("later"), "Later", "later.localhost", "Europe/Berlin", "en", 20, 5, Suspended: true),
        new Branding(Acme, "Acme 客服", "#1257c0", "#102030", "#ffffff", new("ab12", "image/png", 300, 80), null, new("cd34", "image/webp", 800, 600)),
        new CustomDomain("service.example.com", Acme),
        new HostCertificate(Acme, "service.example.com", "chain", new("sealed"), ["service.example.com", "*.example.com"], "An issuer", Noon, Noon.AddDays(90), "ab12"),
        new WebCallSettings(Acme, "86-4008001001", true, ["https://www.example.com", "http://localhost:8080"], "通话会录音。\nCalls are recorded.", 2, 40, 2),
        new ApiKey(Acme, "key1", "Import", Role.TenantAdmin, new("hash"), Noon),
        new ApiKey(Acme, "key2", "Import", Role.TenantAdmin, new("hash"), null),
        Queue,
        new AgentSettings(Acme, Anna, "Anna", "anna", "1001", true, 0, 3, RetryDelays.Default, [new(Acme, Sales), new(Globex, Support)]),
        new ExtensionSettings(Acme, "1001", Anna, new("md5"), new("sha")),
        new ExtensionSettings(Acme, "1002", null, new("md5"), new("sha"), Srtp: SrtpUse.Required),
        new FlowSettings(Acme, new("main"), "Main", """{"schema":1}"""),
        new NumberSettings("4008001001", "400-800-1001", Acme, new("main")),
        new NumberSettings("4008001009", "400-800-1009", Acme, null),
        new TrunkSettings("demo-trunk", ["127.0.0.1/32", "2001:db8::/32"], "127.0.0.1:5080"),
        new NumberSettings("+861012345678", "010-12345678", Acme, null, MayCallOut: true),
        new TrunkSettings("out", [], "127.0.0.1:5080", Outbound: new(NumberFormat.E164, 30, null, SrtpUse.Required)),
        new TrunkSettings("carrier", [], "sip.example.com:5060", Login: new("firm", new("sealed"))),
        new DialSettings(Acme, "9", "010", [new("+86138", false), new("mobile", true)], false, "+861012345678", [new(Anna, null, "+861012345678"), new(null, Sales, "+861012345678")], new(5, 60, null, 3, null, 12.50m), new("22:00", "08:00", 0)),
        DialSettings.Nothing(Globex),
        new DialCeiling(Acme, [new("mobile", true)], true, 50, 100.10m, "CNY", [new("mobile", 0.125m)], "out"),
        new CallCenter.Domain.Teams.TeamSettings(Acme, "night", "夜班", ["leader"], [Anna], BreakQuota: 2),
        new PresenceReasons(Acme, [new("lunch", "用餐", "Lunch", Presence.Break, 60), new("other", "其他", "Other")]),
        new StationRules(Acme, 60, AgentLoss.Requeue),
        new QueueSettings(Acme, Support, "英语", 15, true, 30, "music", Skills: [new("english", 3.5m)]),
        new AgentSettings(Acme, new("ben"), "Ben", "ben", "1003", true, 0, 3, RetryDelays.Default, [new(Acme, Sales)], Profiles: [new(new(Acme, Sales), 2, 30)], Skills: [new("english", 4)]),
        new QueueSettings(Acme, new("vip"), "大客户专席", 15, true, 30, "music", Whisper: QueueWhisper.Prompt, WhisperPrompt: "vip", AnnouncesStaffNumber: true),
        new AgentSettings(Acme, new("carl"), "Carl", "carl", "1004", true, 0, 3, RetryDelays.Default, [], StaffNumber: "A8001"),
        new AgentSettings(TenantId.Operator, new("jane"), "Jane", "jane", "jane", true, 0, 3, RetryDelays.Default, [new(Acme, Sales), new(Globex, Support)], StaffNumbers: [new(Acme, "8001"), new(Globex, "K7")]),
        new CallCenter.Domain.Desk.CtiSettings(Acme, "https://crm.example.com/?n={caller}", true, ["https://crm.example.com"]),
        IdentityProvider.None(Globex),
        new IdentityProvider(Acme, true, "Entra ID", "https://login.example.com/acme", "client", new("sealed"), ["openid", "groups"], "upn", "groups", [new("desk", Role.Agent)], Role.Trainee, true, false),
        new PromptSettings(Acme, "holiday", "国庆放假通知", "zh-CN", "我们放假了", "a1", 1500),
        new HoursSettings(Acme, "office", "Office", "Europe/Berlin", [new(WeekDay.Friday, DayTime.Parse("22:00"), DayTime.Parse("06:00"))], [new(CalendarDate.Parse("2026-10-01"), "国庆节", [new(DayTime.Parse("09:00"), DayTime.Parse("12:00"))]), new(CalendarDate.Parse("2026-10-02"), "国庆节", [])]),
    ];

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_setting_of_any_kind_is_found_as_it_was_put(int index)
    {
        using var store = Open();
        Assert.Null(await store.PutMany([Settings[index]], Author.Product, Stop));
        var found = Settings[index] switch
        {
            TenantSettings s => (ISetting?)await store.Find<TenantSettings>(s.Owner, s.Id, Stop),
            UserAccount s => await store.Find<UserAccount>(s.Owner, s.Id, Stop),
            ApiKey s => await store.Find<ApiKey>(s.Owner, s.Id, Stop),
            QueueSettings s => await store.Find<QueueSettings>(s.Owner, s.Id, Stop),
            AgentSettings s => await store.Find<AgentSettings>(s.Owner, s.Id, Stop),
            ExtensionSettings s => await store.Find<ExtensionSettings>(s.Owner, s.Id, Stop),
            FlowSettings s => await store.Find<FlowSettings>(s.Owner, s.Id, Stop),
            NumberSettings s => await store.Find<NumberSettings>(s.Owner, s.Id, Stop),
            TrunkSettings s => await store.Find<TrunkSettings>(s.Owner, s.Id, Stop),
            DialSettings s => await store.Find<DialSettings>(s.Owner, s.Id, Stop),
            HoursSettings s => await store.Find<HoursSettings>(s.Owner, s.Id, Stop),
            PromptSettings s => await store.Find<PromptSettings>(s.Owner, s.Id, Stop),
            DialCeiling s => await store.Find<DialCeiling>(s.Owner, s.Id, Stop),
            AccessPolicy s => await store.Find<AccessPolicy>(s.Owner, s.Id, Stop),
            CallCenter.Domain.Teams.TeamSettings s => await store.Find<CallCenter.Domain.Teams.TeamSettings>(s.Owner, s.Id, Stop),
            PresenceReasons s => await store.Find<PresenceReasons>(s.Owner, s.Id, Stop),
            StationRules s => await store.Find<StationRules>(s.Owner, s.Id, Stop),
            Branding s => await store.Find<Branding>(s.Owner, s.Id, Stop),
            CustomDomain s => await store.Find<CustomDomain>(s.Owner, s.Id, Stop),
            HostCertificate s => await store.Find<HostCertificate>(s.Owner, s.Id, Stop),
            WebCallSettings s => await store.Find<WebCallSettings>(s.Owner, s.Id, Stop),
            CallCenter.Domain.Desk.CtiSettings s => await store.Find<CallCenter.Domain.Desk.CtiSettings>(s.Owner, s.Id, Stop),
            IdentityProvider s => await store.Find<IdentityProvider>(s.Owner, s.Id, Stop),
            _ => null,
        };
        Assert.Equal(1, found?.Version);
        Assert.Equal(Settings[index], Unversioned(found!));
    }

    private static ISetting Unversioned(ISetting setting)
    {
        switch (setting)
        {
            case TenantSettings s: return s with { Version = 0 };
            case UserAccount s: return s with { Version = 0 };
            case ApiKey s: return s with { Version = 0 };
            case QueueSettings s: return s with { Version = 0 };
            case AgentSettings s: return s with { Version = 0 };
            case ExtensionSettings s: return s with { Version = 0 };
            case FlowSettings s: return s with { Version = 0 };
            case NumberSettings s: return s with { Version = 0 };
            case DialSettings s: return s with { Version = 0 };
            case HoursSettings s: return s with { Version = 0 };
            case PromptSettings s: return s with { Version = 0 };
            case AccessPolicy s: return s with { Version = 0 };
            case CallCenter.Domain.Teams.TeamSettings s: return s with { Version = 0 };
            case PresenceReasons s: return s with { Version = 0 };
            case StationRules s: return s with { Version = 0 };
            case Branding s: return s with { Version = 0 };
            case CustomDomain s: return s with { Version = 0 };
            case HostCertificate s: return s with { Version = 0 };
            case WebCallSettings s: return s with { Version = 0 };
            case CallCenter.Domain.Desk.CtiSettings s: return s with { Version = 0 };
            case IdentityProvider s: return s with { Version = 0 };
            case DialCeiling s: return s with { Version = 0 };
            default: return (TrunkSettings)setting with { Version = 0 };
        }
    }

    [Theory]
    [InlineData("lei", "li-lei")]
    [InlineData("LEI", "li-lei")]
    [InlineData("李", "han,li-lei")]
    [InlineData("100%", "han")]
    [InlineData("_", "")]
    [InlineData("li@", "li-lei")]
    public async Task A_search_finds_parts_of_the_id_and_the_words_and_goes_on_where_it_left(string text, string found)
    {
        using var store = Open();
        await store.PutMany([new UserAccount(Acme, "li-lei", "李雷", Role.Agent, new("hash"), Email: "li@example.com"), new UserAccount(Acme, "han", "韩梅梅 100% 李", Role.Agent, new("hash")), new UserAccount(Globex, "lei", "李", Role.Agent, new("hash"))], Author.Product, Stop);
        var ids = new List<string>();
        for (string? after = null; ;)
        {
            var page = await store.Search<UserAccount>(Acme, text, after, 1, Stop);
            ids.AddRange(page.Items.Select(user => user.Id));
            if ((after = page.Next) is null) break;
        }
        Assert.Equal(found, string.Join(',', ids));
    }

    [Fact]
    public async Task Each_write_makes_one_more_version_and_all_of_them_are_kept()
    {
        using var store = Open();
        var first = await store.Put(Queue, Admin, stop: Stop);
        var second = await store.Put(Queue with { Name = "新名字" }, Admin, first.Setting!.Version, Stop);
        Assert.Equal((1, 2), (first.Setting.Version, second.Setting!.Version));
        Assert.Equal("新名字", (await store.Find<QueueSettings>(Acme, "sales", Stop))!.Name);
        Assert.Equal(Queue with { Version = 1 }, await store.FindVersion<QueueSettings>(Acme, "sales", 1, Stop));
        Assert.Equal(second.Setting, await store.FindVersion<QueueSettings>(Acme, "sales", 2, Stop));
        Assert.Null(await store.FindVersion<QueueSettings>(Acme, "sales", 3, Stop));
        Assert.Null(await store.FindVersion<QueueSettings>(Globex, "sales", 1, Stop));
    }

    [Theory]
    [InlineData(0L, RefusalCode.Conflict)]
    [InlineData(2L, RefusalCode.StaleVersion)]
    public async Task A_write_over_another_version_than_expected_is_refused(long expected, RefusalCode why)
    {
        using var store = Open();
        await store.Put(Queue, Admin, stop: Stop);
        var written = await store.Put(Queue with { RingSeconds = 99 }, Admin, expected, Stop);
        Assert.Equal(why, written.Refusal?.Code);
        Assert.Null(written.Setting);
        Assert.Equal(15, (await store.Find<QueueSettings>(Acme, "sales", Stop))!.RingSeconds);
    }

    [Fact]
    public async Task A_name_of_a_host_leads_to_one_tenant_and_is_taken_from_nobody()
    {
        using var store = Open();
        await store.PutMany([new TenantSettings(Acme, "Acme", "acme.localhost", "Asia/Shanghai", "zh-CN", 20, null), new TenantSettings(Globex, "Globex", "globex.localhost", "Asia/Shanghai", "zh-CN", 20, null)], Author.Product, Stop);
        var rival = new Author(Globex, "admin", null);
        Assert.Null((await store.Put(new CustomDomain("service.example.com", Acme), Admin, stop: Stop)).Refusal); // the tenant's own doing
        Assert.Equal(Acme, (await store.FindTenantByDomain("Service.example.com", Stop))?.Tenant);
        Assert.Equal(RefusalCode.Forbidden, (await store.Put(new CustomDomain("service.example.com", Globex), rival, stop: Stop)).Refusal?.Code);
        Assert.Equal(RefusalCode.Forbidden, (await store.Put(new CustomDomain("other.example.com", Acme), rival, stop: Stop)).Refusal?.Code);
        Assert.Equal(RefusalCode.Forbidden, (await store.Delete<CustomDomain>(TenantId.Operator, "service.example.com", rival, Stop))?.Code);
        Assert.Equal(RefusalCode.Conflict, (await store.Put(new CustomDomain("acme.localhost", Globex), rival, stop: Stop)).Refusal?.Code);
        Assert.Equal(RefusalCode.Conflict, (await store.Put(new TenantSettings(Globex, "Globex", "service.example.com", "Asia/Shanghai", "zh-CN", 20, null), Author.Product, stop: Stop)).Refusal?.Code);
        Assert.Equal(["service.example.com"], (await store.DomainsOf(Acme, null, 10, Stop)).Items.Select(d => d.Id));
        Assert.True((await store.DomainsOf(Globex, null, 10, Stop)).Items.IsEmpty);
        Assert.Null(await store.Delete<CustomDomain>(TenantId.Operator, "service.example.com", Admin, Stop));
        Assert.Null(await store.FindTenantByDomain("service.example.com", Stop));
    }

    [Fact]
    public async Task A_change_of_what_is_not_there_is_refused()
    {
        using var store = Open();
        Assert.Equal(RefusalCode.NotFound, (await store.Put(Queue, Admin, 1, Stop)).Refusal?.Code);
        Assert.Equal(RefusalCode.NotFound, (await store.Delete<QueueSettings>(Acme, "sales", Admin, Stop))?.Code);
    }

    [Fact]
    public async Task What_is_deleted_is_gone_but_for_its_history_and_a_new_one_counts_on()
    {
        using var store = Open();
        await store.Put(Queue, Admin, stop: Stop);
        Assert.Null(await store.Delete<QueueSettings>(Acme, "sales", Admin, Stop));
        Assert.Null(await store.Find<QueueSettings>(Acme, "sales", Stop));
        Assert.NotNull(await store.FindVersion<QueueSettings>(Acme, "sales", 1, Stop));
        Assert.Equal(3, (await store.Put(Queue, Admin, 0, Stop)).Setting!.Version);
    }

    [Fact]
    public async Task A_list_is_the_owners_own_in_pages_by_id()
    {
        using var store = Open();
        await store.PutMany([.. "edcba".Select(c => (ISetting)(Queue with { Queue = new(c.ToString()) }))], Admin, Stop);
        await store.Put(Queue with { Owner = Globex, Queue = new("bb") }, Author.Product, stop: Stop);
        var page = await store.List<QueueSettings>(Acme, null, 3, Stop);
        Assert.Equal("abc", string.Concat(page.Items.Select(q => q.Id)));
        var last = await store.List<QueueSettings>(Acme, page.Next, 3, Stop);
        Assert.Equal("de", string.Concat(last.Items.Select(q => q.Id)));
        Assert.Null(last.Next);
        Assert.Single((await store.List<QueueSettings>(Globex, null, 1000, Stop)).Items);
    }

    [Fact]
    public async Task A_tenants_numbers_are_its_share_of_the_stock_in_pages_by_id()
    {
        using var store = Open();
        await store.PutMany([.. Enumerable.Range(0, 9).Select(i => (ISetting)new NumberSettings($"+86101234567{i}", "x", i % 2 == 0 ? Acme : Globex, null))], Author.Product, Stop);
        var page = await store.NumbersOf(Acme, null, 3, Stop);
        Assert.Equal(["+861012345670", "+861012345672", "+861012345674"], page.Items.Select(n => n.Id));
        var last = await store.NumbersOf(Acme, page.Next, 3, Stop);
        Assert.Equal(["+861012345676", "+861012345678"], last.Items.Select(n => n.Id));
        Assert.Null(last.Next);
        Assert.Equal(4, (await store.NumbersOf(Globex, null, 1000, Stop)).Items.Count);
    }

    [Fact]
    public async Task The_first_trunk_out_is_the_first_by_id_that_takes_outbound_calls()
    {
        using var store = Open();
        Assert.Null(await store.FirstTrunkOut(Stop));
        await store.PutMany([new TrunkSettings("a", [], "127.0.0.1:5080"), new TrunkSettings("c", [], "127.0.0.1:5080", Outbound: new(NumberFormat.E164)), new TrunkSettings("b", [], "127.0.0.1:5080", Outbound: new(NumberFormat.National))], Author.Product, Stop);
        Assert.Equal("b", (await store.FirstTrunkOut(Stop))?.Id);
        Assert.Null(await store.Delete<TrunkSettings>(TenantId.Operator, "b", Author.Product, Stop));
        Assert.Equal("c", (await store.FirstTrunkOut(Stop))?.Id);
    }

    [Fact]
    public async Task Another_owners_row_is_as_if_it_were_not_there()
    {
        using var store = Open();
        await store.Put(Queue, Admin, stop: Stop);
        Assert.Null(await store.Find<QueueSettings>(Globex, "sales", Stop));
        Assert.Equal(RefusalCode.NotFound, (await store.Delete<QueueSettings>(Globex, "sales", Author.Product, Stop))?.Code);
    }

    [Fact]
    public async Task A_tenants_author_writes_what_the_tenant_holds_and_nothing_else()
    {
        using var store = Open();
        var number = new NumberSettings("4008001001", "400-800-1001", Acme, null);
        await store.PutMany([number, number with { Id = "4008002001", Tenant = Globex }, Queue with { Owner = Globex }], Author.Product, Stop);

        Assert.Equal(RefusalCode.Forbidden, (await store.Put(Queue with { Owner = Globex }, Admin, stop: Stop)).Refusal?.Code);
        Assert.Equal(RefusalCode.Forbidden, (await store.Delete<QueueSettings>(Globex, "sales", Admin, Stop))?.Code);
        Assert.Equal(RefusalCode.Forbidden, (await store.Put(number with { Id = "4008003001" }, Admin, stop: Stop)).Refusal?.Code);
        Assert.Equal(RefusalCode.Forbidden, (await store.Put(number with { Id = "4008002001" }, Admin, stop: Stop)).Refusal?.Code);
        Assert.Equal(RefusalCode.Forbidden, (await store.Put(number with { Tenant = Globex }, Admin, stop: Stop)).Refusal?.Code);
        Assert.Null((await store.Put(number with { Flow = new("main") }, Admin, stop: Stop)).Refusal);
    }

    [Fact]
    public async Task A_tenant_is_found_by_its_domain_in_any_case_and_no_domain_serves_two()
    {
        using var store = Open();
        var acme = (TenantSettings)Settings[0];
        await store.Put(acme with { Domain = "Acme.LocalHost" }, Author.Product, stop: Stop);
        Assert.Equal(Acme, (await store.FindTenantByDomain("acme.LOCALHOST", Stop))?.Tenant);
        Assert.Null(await store.FindTenantByDomain("other.localhost", Stop));
        Assert.Equal(RefusalCode.Conflict, (await store.Put(acme with { Tenant = Globex, Domain = "acme.localhost" }, Author.Product, stop: Stop)).Refusal?.Code);
        Assert.Null((await store.Put(acme with { Name = "ACME" }, Author.Product, stop: Stop)).Refusal);
    }

    [Fact]
    public async Task Many_are_written_all_or_none()
    {
        using var store = Open();
        Assert.True(await store.IsEmpty(Stop));
        var refused = await store.PutMany([Settings[0], Queue, (TenantSettings)Settings[1] with { Domain = "acme.localhost" }], Author.Product, Stop);
        Assert.Equal(RefusalCode.Conflict, refused?.Code);
        Assert.True(await store.IsEmpty(Stop));
        Assert.Null(await store.Find<QueueSettings>(Acme, "sales", Stop));

        Assert.Null(await store.PutMany([.. Settings, Queue with { Name = "B" }], Author.Product, Stop));
        Assert.Equal(("B", 2), ((await store.Find<QueueSettings>(Acme, "sales", Stop))!.Name, (await store.Find<QueueSettings>(Acme, "sales", Stop))!.Version));
        Assert.False(await store.IsEmpty(Stop));
    }

    [Fact]
    public async Task Writers_at_once_take_turns()
    {
        using var store = Open();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(w => Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++) Assert.Null((await store.Put(Queue with { RingSeconds = w }, Admin, stop: Stop)).Refusal);
        })));
        Assert.Equal(80, (await store.Find<QueueSettings>(Acme, "sales", Stop))!.Version);
    }

    [Fact]
    public async Task A_notice_tells_of_each_write_until_it_is_done()
    {
        using (var store = Open())
        {
            await store.Put(Queue, Admin, stop: Stop);
            await store.Delete<QueueSettings>(Acme, "sales", Admin, Stop);
            await using var notices = store.Notices(Stop).GetAsyncEnumerator(Stop);
            Assert.True(await notices.MoveNextAsync());
            Assert.Equal(("QueueSettings", Acme, "sales", 1L), (notices.Current.Kind, notices.Current.Owner, notices.Current.Id, notices.Current.Version));
            await store.Done(notices.Current, Stop);
            Assert.True(await notices.MoveNextAsync());
            Assert.Equal(2, notices.Current.Version);
        }
        using var again = Open();
        await using var rest = again.Notices(Stop).GetAsyncEnumerator(Stop);
        Assert.True(await rest.MoveNextAsync());
        Assert.Equal(2, rest.Current.Version); // only the first was done
    }

    [Fact]
    public async Task Whoever_waits_for_notices_hears_of_the_next_write()
    {
        using var store = Open();
        await using var notices = store.Notices(Stop).GetAsyncEnumerator(Stop);
        var next = notices.MoveNextAsync();
        Assert.False(next.IsCompleted);
        await store.Put(Queue, Admin, stop: Stop);
        Assert.True(await next);
        Assert.Equal("sales", notices.Current.Id);
    }

    [Fact]
    public async Task A_change_is_in_force_when_its_reader_has_dealt_with_it()
    {
        using var store = Open();
        await store.Put(Queue, Admin, stop: Stop);
        Assert.True(store.CaughtUp.IsCompleted); // nobody reads here
        await using var notices = store.Notices(Stop).GetAsyncEnumerator(Stop);
        Assert.True(await notices.MoveNextAsync());
        await store.Put(Queue with { Name = "second" }, Admin, stop: Stop);
        var second = store.CaughtUp;
        Assert.True(await notices.MoveNextAsync());
        await store.Put(Queue with { Name = "third" }, Admin, stop: Stop);
        var third = store.CaughtUp;
        Assert.False(second.IsCompleted || third.IsCompleted); // the second is being dealt with
        Assert.True(await notices.MoveNextAsync());
        await second.WaitAsync(TimeSpan.FromSeconds(10), Stop);
        Assert.False(third.IsCompleted);
        var rest = notices.MoveNextAsync();
        await third.WaitAsync(TimeSpan.FromSeconds(10), Stop);
        Assert.False(rest.IsCompleted);
        Assert.True(store.CaughtUp.IsCompleted);
        await store.Put(Queue, Admin, stop: Stop);
        Assert.True(await rest);
    }

    [Fact]
    public async Task Done_with_many_leaves_none()
    {
        using (var store = Open())
        {
            await store.PutMany([.. Enumerable.Range(0, 1200).Select(i => (ISetting)(Queue with { Queue = new($"q{i}") }))], Admin, Stop);
            await using var notices = store.Notices(Stop).GetAsyncEnumerator(Stop);
            for (var i = 0; i < 1200 && await notices.MoveNextAsync(); i++) await store.Done(notices.Current, Stop);
        }
        using var again = Open();
        await using var none = again.Notices(Stop).GetAsyncEnumerator(Stop);
        var next = none.MoveNextAsync();
        Assert.False(next.IsCompleted);
        await again.Put(Queue, Admin, stop: Stop);
        Assert.True(await next);
        Assert.Equal("sales", none.Current.Id);
    }
}
