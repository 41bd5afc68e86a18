namespace CallCenter.Api.Resources;

/// <summary>
/// What people do in a call that goes on. Each answers 202 once the call has taken it in, and to who begins one once its beginning is stored; 409 if the call's state does not allow it. An
/// agent acts on its own part; whoever leads may name another agent.
/// </summary>
internal static class ConversationEndpoints
{
    private delegate CallCommand? Make<T>(DateTimeOffset at, CallAsker asker, T form);

    public static void MapConversations(this IEndpointRouteBuilder api)
    {
        var calls = api.Resource("/calls", "Conversations");
        calls.MapPost("", DialOut).Commands("Call a number, an extension or an agent: the agent's own phone is rung first");
        calls.MapGet("/{call:id}/live", Live).Demands(Resource.Conversations, Rights.ReadOwn).WithSummary("A call as it is now: legs, parties, holds, recording");
        var call = calls.MapGroup("/{call:id}");
        Plain(call, "/hold", "The customer hears music", (at, a, _) => new Hold(at, a.By, a.For));
        Plain(call, "/retrieve", "Take the customer off hold", (at, a, _) => new Retrieve(at, a.By, a.For));
        Post<MuteForm>(call, "/mute", "Mute, or let speak again", (at, a, f) => new Mute(at, a.By, a.For, f.On!.Value));
        Post<TransferForm>(call, "/transfer", "Transfer at once to an agent, a queue, an extension or a number", (at, a, f) => new Transfer(at, a.By, a.For, f.To!.Target()));
        Post<ConsultForm>(call, "/consult", "Hold the customer and talk to an agent, an extension or a number", (at, a, f) => new Consult(at, a.By, a.For, f.To!.Target()));
        Plain(call, "/consult/complete", "Connect customer and consulted party, and leave", (at, a, _) => new CompleteTransfer(at, a.By, a.For));
        Plain(call, "/consult/cancel", "End the consultation and take the customer back", (at, a, _) => new CancelConsult(at, a.By, a.For));
        Plain(call, "/consult/swap", "Talk to the other of customer and consulted party", (at, a, _) => new Swap(at, a.By, a.For));
        Plain(call, "/conference", "Customer, agent and consulted party talk together", (at, a, _) => new Conference(at, a.By, a.For));
        Plain(call, "/leave", "End the agent's part, as hanging up does", (at, a, _) => new LeaveCall(at, a.By, a.For));
        Post<KeysForm>(call, "/keys", "Send keys to whom the agent talks to", (at, a, f) => new PressKeys(at, a.By, a.For, f.Keys!));
        Plain(call, "/recording/pause", "Record nothing for a while", (at, a, _) => new PauseRecording(at, a.By, a.For));
        Plain(call, "/recording/resume", "Record again", (at, a, _) => new ResumeRecording(at, a.By, a.For));
        Plain(call, "/flow/take-back", "Take the customer back from a flow", (at, a, _) => new TakeBack(at, a.By, a.For));
        call.MapPost("/legs/{leg:id}/drop", Drop).Commands("End a leg of a conference, or a consulted party's");
        call.MapPost("/listen", Listen).Demands(Resource.Listening, Rights.Read).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Listen to an agent's conversation, or change the mode: monitor, whisper, barge. A trainee only monitors");
        call.MapPost("/listen/take-over", TakeOver).Commands("The listener becomes the agent of the conversation. A trainee does not");
        call.MapPost("/flow", SendToFlow).Commands("Send the customer through a flow and back");
    }

    private static RouteHandlerBuilder Commands(this RouteHandlerBuilder endpoint, string summary) => endpoint
        .Demands(Resource.Conversations, Rights.WriteOwn).ProducesProblem(StatusCodes.Status409Conflict).WithSummary(summary);

    private static void Plain(RouteGroupBuilder call, string path, string summary, Make<PartForm> make) => Post(call, path, summary, make);

    private static void Post<T>(RouteGroupBuilder call, string path, string summary, Make<T> make) where T : class, IPart =>
        call.MapPost(path, (Caller caller, CallId call, Form<T> form, Switchboard board, CancellationToken stop) =>
            form.Value.Check() is { IsEmpty: false } faults ? Refused(Refusal.Invalid(faults)) : board.Ask(caller, call, form.Value.Agent, (at, asker) => make(at, asker, form.Value), stop)).Commands(summary);

    private static Task<Results<Accepted, ProblemHttpResult>> Refused(Refusal refusal) => Task.FromResult<Results<Accepted, ProblemHttpResult>>(refusal.ToProblem());

    private static async Task<Results<Accepted<Begun>, ProblemHttpResult>> DialOut(Caller caller, Form<DialForm> form, Switchboard board, IReports reports, IConfigurationStore store, CancellationToken stop)
    {
        if (form.Value.Check() is { IsEmpty: false } faults) return Problems.Invalid(faults);
        var (number, refusal) = form.Value.RefersToNumber ? await reports.NumberOf(caller, form.Value, store, stop) : (null, null);
        if (refusal is not null) return refusal.ToProblem();
        var target = number is null ? form.Value.To!.Target() : new CallTarget(null, null, null, number);
        var id = board.NewCall();
        var answer = await board.Begin(caller, id, form.Value.Agent, (at, a) => new DialOut(at, a.By, a.For, target, form.Value.ShownNumber(), form.Value.AnswerDetection), stop);
        return answer.Result is ProblemHttpResult refused ? refused : TypedResults.Accepted($"/api/v1/calls/{id}/live", new Begun(id));
    }

    private static Task<Results<Accepted, ProblemHttpResult>> Drop(Caller caller, CallId call, LegId leg, Form<PartForm> form, Switchboard board, CancellationToken stop) =>
        board.Ask(caller, call, form.Value.Agent, (at, a) => new DropLeg(at, a.By, a.For, leg), stop);

    private static async Task<Results<Accepted, ProblemHttpResult>> Listen(Caller caller, CallId call, Form<ListenForm> form, Switchboard board, IConfigurationStore store, CancellationToken stop)
    {
        if (form.Value.Check() is { IsEmpty: false } faults) return Refusal.Invalid(faults).ToProblem();
        if (caller.Led?.Has(form.Value.Agent!.Value) == false) return Led.NotYours.ToProblem();
        var speaks = await store.MaySpeak(caller, form.Value.As, stop);
        return await board.Ask(caller, call, form.Value.As, (at, a) => new Listen(at, a.By, a.For, form.Value.Agent!.Value, form.Value.Mode!.Value, speaks), stop);
    }

    private static async Task<Results<Accepted, ProblemHttpResult>> TakeOver(Caller caller, CallId call, Form<PartForm> form, Switchboard board, IConfigurationStore store, CancellationToken stop)
    {
        var speaks = await store.MaySpeak(caller, form.Value.Agent, stop);
        return await board.Ask(caller, call, form.Value.Agent, (at, a) => new TakeOver(at, a.By, a.For, speaks), stop);
    }

    private static async Task<Results<Accepted, ProblemHttpResult>> SendToFlow(Caller caller, CallId call, Form<FlowTripForm> form, Switchboard board, IConfigurationStore store, CancellationToken stop)
    {
        if (form.Value.Flow is not { } flow) return Problems.Invalid("flow", "is missing");
        if (await store.Find<FlowSettings>(caller.Tenant, flow.Value, stop) is not { } settings) return Problems.Invalid("flow", "There is no such flow");
        return await board.Ask(caller, call, form.Value.Agent, (at, a) => new SendToFlow(at, a.By, a.For, new(flow, (int)settings.Version)), stop);
    }

    private static async Task<Results<Ok<CallLive>, ProblemHttpResult>> Live(Caller caller, CallId call, IConfigurationStore store, IGrainFactory grains, CancellationToken stop)
    {
        if (await grains.Call(caller.Tenant, call).Look() is not { } live || caller.Led?.Has(live) == false) return Problems.NotFound("call");
        if (!RightsTable.OnlyOwn(caller.Role, Resource.Conversations)) return TypedResults.Ok(live);
        var own = await store.SelfOf(caller, stop);
        return own is not null && live.Legs.Any(leg => leg.Agent == own) ? TypedResults.Ok(live) : Problems.NotFound("call");
    }
}

/// <summary>Passes on what people ask of calls.</summary>
internal sealed class Switchboard(IGrainFactory grains, IConfigurationStore store, TimeProvider clock)
{
    public CallId NewCall() => CallId.New(clock.GetUtcNow());

    /// <param name="named">The agent whose part is meant; null = the asker's own.</param>
    public async Task<Results<Accepted, ProblemHttpResult>> Ask(Caller caller, CallId call, AgentId? named, Func<DateTimeOffset, CallAsker, CallCommand?> make, CancellationToken stop) =>
        caller.Led is { } led && (await grains.Call(caller.Tenant, call).Look() is not { } live || !led.Has(live)) ? Problems.NotFound("call") : await Begin(caller, call, named, make, stop);

    /// <summary>The same of a call that there is not yet: it is nobody's.</summary>
    public async Task<Results<Accepted, ProblemHttpResult>> Begin(Caller caller, CallId call, AgentId? named, Func<DateTimeOffset, CallAsker, CallCommand?> make, CancellationToken stop)
    {
        var (asker, refusal) = await store.Asks(caller, named, stop);
        if (refusal is null && make(clock.GetUtcNow(), asker) is { } command) refusal = await grains.Call(caller.Tenant, call).Ask(command);
        return refusal is { } no ? no.ToProblem() : TypedResults.Accepted((string?)null);
    }
}

/// <param name="Id">The new call.</param>
internal sealed record Begun(CallId Id);
