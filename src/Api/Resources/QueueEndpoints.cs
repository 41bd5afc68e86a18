using CallCenter.Api.Prompts;

namespace CallCenter.Api.Resources;

/// <summary>The tenant's queues (技能组), and what happens in them now.</summary>
internal static class QueueEndpoints
{
    public static void MapQueues(this IEndpointRouteBuilder api)
    {
        var queues = api.Resource("/queues", "Queues");
        queues.MapGet("", List).Demands(Resource.Queues, Rights.Read).WithSummary("The queues");
        queues.MapGet("/{queue:id}", Get).Demands(Resource.Queues, Rights.Read).WithSummary("One queue");
        queues.MapPut("/{queue:id}", Put).Demands(Resource.Queues, Rights.Write).WithSummary("Make or change a queue; a member left out keeps its value");
        queues.MapDelete("/{queue:id}", Delete).Demands(Resource.Queues, Rights.Write).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Remove a queue to which no flow leads");
        queues.MapGet("/{queue:id}/live", Live).Demands(Resource.Live, Rights.Read).WithSummary("Waiting callers and agents at this moment");
        queues.MapMembership();
    }

    private static async Task<Ok<Listed<QueueAnswer>>> List(Caller caller, [AsParameters] Paging paging, IConfigurationStore store, CancellationToken stop) =>
        TypedResults.Ok(await store.Page<QueueSettings, QueueAnswer>(caller.Tenant, paging, QueueAnswer.Of, stop));

    private static Task<Results<Tagged<QueueAnswer>, ProblemHttpResult>> Get(Caller caller, QueueId queue, IConfigurationStore store, CancellationToken stop) =>
        store.Show<QueueSettings, QueueAnswer>(caller.Tenant, queue.Value, "queue", QueueAnswer.Of, stop);

    private static async Task<Results<Tagged<QueueAnswer>, ProblemHttpResult>> Put(Caller caller, QueueId queue, Form<QueueForm> form, [AsParameters] Precondition condition, IConfigurationStore store, IPromptStudio studio, CancellationToken stop)
    {
        var now = await store.Find<QueueSettings>(caller.Tenant, queue.Value, stop) ?? QueueForm.New(caller.Tenant, queue);
        var wanted = form.Value.Over(now);
        var missing = new List<Fault>();
        foreach (var (field, before, prompt) in new[] { ("music", now.Music, wanted.Music), ("whisperPrompt", now.WhisperPrompt, wanted.WhisperPrompt) })
            if (prompt is not null && prompt != before && !await store.HasPrompt(caller.Tenant, prompt, studio, stop)) missing.Add(new(field, "There is no such prompt"));
        return await store.Save(wanted, missing.ToItems(), caller, condition, QueueAnswer.Of, stop);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(Caller caller, QueueId queue, IConfigurationStore store, CancellationToken stop)
    {
        if (await FlowEndpoints.FirstWith(caller.Tenant, queue, store, stop) is { } flow) return Problems.Of(RefusalCode.Conflict, $"The flow {flow} leads to this queue");
        return await store.Remove<QueueSettings>(caller.Tenant, queue.Value, caller, stop);
    }

    private static async Task<Results<Ok<QueueLiveView>, ProblemHttpResult>> Live(Caller caller, QueueId queue, IConfigurationStore store, IGrainFactory grains, CancellationToken stop)
    {
        if (await store.Find<QueueSettings>(caller.Tenant, queue.Value, stop) is null) return Problems.NotFound("queue");
        if (caller.Led?.Has(queue) == false) return Problems.Of(RefusalCode.Forbidden, "No team that you lead serves this queue");
        var live = await grains.Routing(caller.Tenant, PoolId.Default).Live(new(caller.Tenant, queue));
        return TypedResults.Ok(new QueueLiveView(queue, live.Waiting, live.OldestSince, live.AgentsSignedIn, live.AgentsFree));
    }
}

/// <param name="Skills">Only who has all of these, at those levels at least, is offered its calls.</param>
/// <param name="Whisper">What the agent hears before the talk, while the caller hears music: nothing (off), the names of firm and queue (name), or a prompt.</param>
/// <param name="AnnouncesStaffNumber">报工号: then both hear the agent's staff number.</param>
internal sealed record QueueForm(string? Name, int? RingSeconds, bool? Recording, int? AnnounceEverySeconds, string? Music, bool? EndsWhenAgentLost, Items<SkillLevel>? Skills = null, QueueWhisper? Whisper = null, string? WhisperPrompt = null, bool? AnnouncesStaffNumber = null)
{
    private const int DefaultRingSeconds = 15;
    private const string DefaultMusic = "music";

    public static QueueSettings New(TenantId tenant, QueueId queue) => new(tenant, queue, queue.Value, DefaultRingSeconds, Recording: true, AnnounceEverySeconds: 0, DefaultMusic);

    public QueueSettings Over(QueueSettings now) => now with
    {
        Name = Name ?? now.Name,
        RingSeconds = RingSeconds ?? now.RingSeconds,
        Recording = Recording ?? now.Recording,
        AnnounceEverySeconds = AnnounceEverySeconds ?? now.AnnounceEverySeconds,
        EndsWhenAgentLost = EndsWhenAgentLost ?? now.EndsWhenAgentLost,
        Music = Music ?? now.Music,
        Skills = Skills ?? now.Skills,
        Whisper = Whisper ?? now.Whisper,
        WhisperPrompt = WhisperPrompt ?? now.WhisperPrompt,
        AnnouncesStaffNumber = AnnouncesStaffNumber ?? now.AnnouncesStaffNumber,
    };
}

internal sealed record QueueAnswer(QueueId Id, string Name, int RingSeconds, bool Recording, int AnnounceEverySeconds, string Music, bool EndsWhenAgentLost, Items<SkillLevel> Skills, QueueWhisper Whisper, string? WhisperPrompt, bool AnnouncesStaffNumber)
{
    public static QueueAnswer Of(QueueSettings queue) => new(queue.Queue, queue.Name, queue.RingSeconds, queue.Recording, queue.AnnounceEverySeconds, queue.Music, queue.EndsWhenAgentLost, queue.Skills, queue.Whisper, queue.WhisperPrompt, queue.AnnouncesStaffNumber);
}

/// <param name="Waiting">Callers in the queue, those on offer included.</param>
/// <param name="OldestSince">Since when the first of them waits.</param>
internal sealed record QueueLiveView(QueueId Queue, int Waiting, DateTimeOffset? OldestSince, int AgentsSignedIn, int AgentsFree);
