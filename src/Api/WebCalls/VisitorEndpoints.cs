using System.Globalization;
using CallCenter.Api.Firms;

namespace CallCenter.Api.WebCalls;

/// <summary>Calls of visitors of web pages. Open to all, bounded by the number's settings; what was begun only its token's holder may touch.</summary>
internal static class VisitorEndpoints
{
    public static void MapVisitors(this IEndpointRouteBuilder api)
    {
        var visits = api.Resource("/webcalls", "Web calls").AddEndpointFilter<RouteGroupBuilder, CrossOrigin>();
        visits.MapGet("/{number}", About).OpenToAll().WithSummary("What a page must know before it calls a number; 404 unless visitors may call it. The tenant is that of the host");
        visits.MapPost("", Call).OpenToAll().ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithSummary("Call a number from a web page (WebRTC: audio, ICE, DTLS-SRTP). Pages of the tenant's host and of the number's origins may");
        visits.MapGet("/{call:id}/state", State).OpenToAll().WithSummary("How the call is, for the visitor");
        visits.MapPost("/{call:id}/sdp", Move).OpenToAll().WithSummary("Another offer after a change of network (ICE restart)");
        visits.MapDelete("/{call:id}", End).OpenToAll().WithSummary("Hang up");
        visits.MapMethods("/{**rest}", [HttpMethods.Options], CrossOrigin.Preflight).OpenToAll().ExcludeFromDescription();
    }

    private static async Task<Results<Ok<WebCallAbout>, ProblemHttpResult>> About(HttpContext http, string number, VisitorDoor door, IConfigurationStore store, CancellationToken stop)
    {
        if (await door.TenantOf(http.Request, stop) is not { } tenant || await door.Number(tenant.Tenant, number) is not { } settings) return Problems.NotFound("number that visitors may call");
        var brand = await store.BrandOf(tenant.Tenant, stop);
        var shown = await store.Find<NumberSettings>(TenantId.Operator, settings.Id, stop);
        return TypedResults.Ok(new WebCallAbout(
            shown?.Display ?? number, brand.Name ?? tenant.Name, settings.Consent, settings.Consent is null ? null : settings.ConsentVersion,
            brand.Colour, brand.BarColour, brand.BarText, brand.Logo is { } logo ? BrandPictureEndpoints.UrlOf(logo) : null));
    }

    private static async Task<Results<Created<WebCallOpened>, ProblemHttpResult>> Call(HttpContext http, Form<WebCallForm> form, VisitorDoor door, VisitorDesk desk, IGrainFactory grains, ITenantCipher cipher, TimeProvider time, CancellationToken stop)
    {
        var wish = form.Value;
        if (wish.Faults() is { IsEmpty: false } faults) return Problems.Invalid(faults);
        if (await door.TenantOf(http.Request, stop) is not { } tenant || await door.Number(tenant.Tenant, wish.Number) is not { } number) return Problems.NotFound("number that visitors may call");
        if (Denied(http.Request, wish, number, out var origin) is { } denied) return denied;
        var visitor = new VisitorCall(new(tenant.Tenant, CallId.New(time.GetUtcNow())), number.Id, wish.Sdp!, new(origin, number.Consent is null ? null : number.ConsentVersion, wish.Known), VisitorDoor.AddressOf(http));
        var places = grains.WebDoor(tenant.Tenant);
        if ((await places.Enter(visitor.Call.Call, number.Id, visitor.Address)).Denial is { } full) return Full(http, full);
        var (token, answer) = await desk.Bring(visitor);
        if (token is not null) return TypedResults.Created($"/api/v1/webcalls/{token.Call}/state", new WebCallOpened(token.Call, token.Seal(tenant.Tenant, cipher), answer.Sdp!));
        await places.Leave(visitor.Call.Call);
        return Refused(http, answer.Why!.Value);
    }

    /// <summary>Whether the page may call, and the visitor has agreed to what the number demands.</summary>
    private static ProblemHttpResult? Denied(HttpRequest request, WebCallForm wish, WebCallSettings number, out string origin)
    {
        origin = request.Headers.Origin.ToString();
        if (!VisitorDoor.Admits(number, origin, request)) return NotFromHere();
        if (SameOrigin.IsOurs(request, origin) && wish.EmbeddedIn is { } around) // our own page, in somebody's frame
        {
            origin = around;
            if (!VisitorDoor.Admits(number, origin, request)) return NotFromHere();
        }
        if (WebOrigin.TryParse(origin, out var written)) origin = written;
        if (number.Consent is null) return null;
        if (wish.Consent != true) return Problems.Of(StatusCodes.Status422UnprocessableEntity, "consentWanted", "The visitor has to agree to the number's text first");
        return wish.ConsentVersion is { } shown && shown != number.ConsentVersion ? Problems.Of(StatusCodes.Status409Conflict, "consentChanged", "The text that was shown is not the present one") : null;
    }

    private static ProblemHttpResult NotFromHere() => Problems.Of(StatusCodes.Status403Forbidden, "originNotAllowed", "Pages of this origin may not call this number");

    private static ProblemHttpResult Full(HttpContext http, WebCallDenial why)
    {
        var (code, detail, seconds) = why switch
        {
            WebCallDenial.AddressFull => ("addressFull", "There are as many calls from this address as there may be", 10),
            WebCallDenial.TooOften => ("tooOften", "There were too many tries from this address; come again in a minute", 60),
            _ => ("numberFull", "As many visitors as may are calling; come again a little later", 10),
        };
        return Later(http, StatusCodes.Status429TooManyRequests, code, detail, seconds);
    }

    private static ProblemHttpResult Refused(HttpContext http, VisitorRefusal why) => why switch
    {
        VisitorRefusal.NoNumber => Problems.NotFound("number that visitors may call"),
        VisitorRefusal.BadOffer => Problems.Invalid("sdp", "is no offer of audio with ICE and DTLS, or of nothing that is spoken here"),
        VisitorRefusal.Busy => Later(http, StatusCodes.Status429TooManyRequests, "tenantBusy", "All lines are busy; come again a little later", 10),
        _ => Later(http, StatusCodes.Status503ServiceUnavailable, "draining", "No call can be taken for now; come again a little later", 10),
    };

    private static ProblemHttpResult Later(HttpContext http, int status, string code, string detail, int seconds)
    {
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return Problems.Of(status, code, detail);
    }

    private static async Task<Results<Ok<VisitAnswer>, ProblemHttpResult>> State(HttpContext http, CallId call, VisitorDoor door, IGrainFactory grains, ITenantCipher cipher, CancellationToken stop) =>
        await Visitor(http, call, door, cipher, stop) is not { } visitor ? NotYours() : TypedResults.Ok(new VisitAnswer(StateOf(await grains.Call(visitor.Tenant, call).Look())));

    private static async Task<Results<Ok<SdpAnswered>, ProblemHttpResult>> Move(HttpContext http, CallId call, Form<SdpForm> form, VisitorDoor door, VisitorDesk desk, ITenantCipher cipher, CancellationToken stop)
    {
        if (await Visitor(http, call, door, cipher, stop) is not { } visitor) return NotYours();
        if (WebCallForm.FaultsOf(form.Value.Sdp).ToItems() is { IsEmpty: false } faults) return Problems.Invalid(faults);
        var answer = await desk.Move(visitor.Tenant, visitor.Token, form.Value.Sdp!);
        return answer.Sdp is { } sdp ? TypedResults.Ok(new SdpAnswered(sdp)) : answer.Why == VisitorRefusal.Gone ? Problems.NotFound("call any more") : Refused(http, answer.Why!.Value);
    }

    /// <summary>Also where it is over already: both hung up at the same moment.</summary>
    private static async Task<Results<NoContent, ProblemHttpResult>> End(HttpContext http, CallId call, VisitorDoor door, VisitorDesk desk, ITenantCipher cipher, CancellationToken stop)
    {
        if (await Visitor(http, call, door, cipher, stop) is not { } visitor) return NotYours();
        await desk.End(visitor.Tenant, visitor.Token);
        return TypedResults.NoContent();
    }

    /// <summary>The same for a wrong token, none, and no such call.</summary>
    private static ProblemHttpResult NotYours() => Problems.Of(StatusCodes.Status401Unauthorized, "notAuthenticated", "Send the token of this call");

    private static async Task<(TenantId Tenant, VisitToken Token)?> Visitor(HttpContext http, CallId call, VisitorDoor door, ITenantCipher cipher, CancellationToken stop) =>
        await door.TenantOf(http.Request, stop) is { } tenant && VisitToken.TryRead(http.Request, tenant.Tenant, call, cipher, out var token) ? (tenant.Tenant, token) : null;

    private static VisitState StateOf(CallLive? live) => live switch
    {
        null or { Phase: CallPhase.Ended } => VisitState.Ended,
        { Phase: CallPhase.Talking, Held: true } => VisitState.Held,
        { Phase: CallPhase.Talking } => VisitState.Talking,
        { Phase: CallPhase.Waiting } => VisitState.Waiting,
        { Phase: CallPhase.InFlow } => VisitState.Menu,
        _ => VisitState.Connecting,
    };
}
