using CallCenter.Contracts.Edges;

namespace CallCenter.Api.Desk;

/// <summary>By what an agent talks: a phone, or a browser and its media path. Everybody has to do with the own one only.</summary>
internal static class StationEndpoints
{
    /// <summary>An offer of a browser with all its candidates is some 5,000 characters.</summary>
    private const int LongestSdp = 32 * 1024, LongestClient = 64;

    public static void MapStation(this IEndpointRouteBuilder api)
    {
        var station = api.Resource("/me/station", "Desk");
        station.MapGet("", Get).Demands(Resource.Station, Rights.ReadOwn).WithSummary("The own station, and whether it is connected");
        station.MapPut("", Choose).Demands(Resource.Station, Rights.WriteOwn).ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Choose by what to talk: browser, phone, or an outside number where the firm allows that; not while in a call");
        station.MapPost("/connections", Connect).Demands(Resource.Station, Rights.WriteOwn).ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Connect a browser by its offer of audio (SDP). Another one that is connected is shown out if take says so; a call in talk goes on");
        station.MapPost("/connections/{connection}/sdp", Restart).Demands(Resource.Station, Rights.WriteOwn).WithSummary("Offer anew after a change of network (ICE restart)");
        station.MapPost("/connections/{connection}/echo", Echo).Demands(Resource.Station, Rights.WriteOwn).ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Hear oneself, or no more; not in a call");
        station.MapDelete("/connections/{connection}", Close).Demands(Resource.Station, Rights.WriteOwn).WithSummary("Leave; a call in talk is hung up");
    }

    private static async Task<Results<Ok<StationAnswer>, ProblemHttpResult>> Get(Caller caller, StationDesk desk, CancellationToken stop) =>
        await desk.Own(caller, stop) is { } own ? TypedResults.Ok(await desk.Look(own)) : NoAgent();

    private static async Task<Results<Ok<StationAnswer>, ProblemHttpResult>> Choose(Caller caller, Form<StationForm> form, StationDesk desk, CancellationToken stop)
    {
        if (form.Value.Kind is not { } kind) return Problems.Invalid("kind", "is missing");
        if (kind == StationKind.Number && string.IsNullOrWhiteSpace(form.Value.Number)) return Problems.Invalid("number", "is missing");
        if (await desk.Own(caller, stop) is not { } own) return NoAgent();
        return await desk.Choose(own, kind, form.Value.Number) is { } refusal ? refusal.ToProblem() : TypedResults.Ok(await desk.Look(own));
    }

    private static async Task<Results<Created<ConnectionAnswer>, ProblemHttpResult>> Connect(Caller caller, Form<ConnectForm> form, StationDesk desk, CancellationToken stop)
    {
        var faults = SdpFaults(form.Value.Sdp);
        if (form.Value.Client is not { Length: > 0 and <= LongestClient }) faults = faults.Add(new("client", $"must have 1–{LongestClient} characters"));
        if (!faults.IsEmpty) return Problems.Invalid(faults);
        if (await desk.Own(caller, stop) is not { } own) return NoAgent();
        var answer = await desk.Connect(own, form.Value.Client!, form.Value.Sdp!, form.Value.Take ?? false);
        return answer is { Refusal: PathRefusal.None, Connection: { } connection, Sdp: { } sdp }
            ? TypedResults.Created($"/api/v1/me/station/connections/{connection}", new ConnectionAnswer(connection, sdp)) : Refused(answer.Refusal, answer.Since);
    }

    private static async Task<Results<Ok<SdpAnswer>, ProblemHttpResult>> Restart(Caller caller, string connection, Form<SdpForm> form, StationDesk desk, CancellationToken stop)
    {
        if (SdpFaults(form.Value.Sdp) is { IsEmpty: false } faults) return Problems.Invalid(faults);
        if (await desk.Own(caller, stop) is not { } own) return NoAgent();
        var answer = await desk.Restart(own, connection, form.Value.Sdp!);
        return answer is { Refusal: PathRefusal.None, Sdp: { } sdp } ? TypedResults.Ok(new SdpAnswer(sdp)) : Refused(answer.Refusal);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Echo(Caller caller, string connection, Form<EchoForm> form, StationDesk desk, CancellationToken stop)
    {
        if (form.Value.On is not { } on) return Problems.Invalid("on", "is missing");
        if (await desk.Own(caller, stop) is not { } own) return NoAgent();
        return await desk.Echo(own, connection, on) is var refusal and not PathRefusal.None ? Refused(refusal) : TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Close(Caller caller, string connection, StationDesk desk, CancellationToken stop)
    {
        if (await desk.Own(caller, stop) is not { } own) return NoAgent();
        return await desk.Close(own, connection) is var refusal and not PathRefusal.None ? Refused(refusal) : TypedResults.NoContent();
    }

    private static Items<Fault> SdpFaults(string? sdp) =>
        sdp is { Length: > 0 and <= LongestSdp } ? [] : [new("sdp", sdp is null or "" ? "is missing" : $"must have at most {LongestSdp} characters")];

    private static ProblemHttpResult NoAgent() => Problems.Of(RefusalCode.NotFound, "Nobody who signs in as this user is an agent");

    private static ProblemHttpResult Refused(PathRefusal why, DateTimeOffset? since = null) => why switch
    {
        PathRefusal.Taken => Taken(since),
        PathRefusal.NotABrowser => Problems.Of(RefusalCode.Conflict, "The station is a phone: choose the browser first"),
        PathRefusal.BadOffer => Problems.Invalid("sdp", "is no offer of audio by DTLS-SRTP and ICE with a codec that is spoken here"),
        PathRefusal.InCall => Problems.Of(RefusalCode.Conflict, "The station is in a call"),
        PathRefusal.NoMedia => Problems.Of(RefusalCode.Draining, "There is no media to be had now"),
        _ => Problems.NotFound("connection"),
    };

    private static ProblemHttpResult Taken(DateTimeOffset? since)
    {
        var problem = Problems.Of(StatusCodes.Status409Conflict, "taken", "Another browser has the station");
        problem.ProblemDetails.Extensions["since"] = since;
        return problem;
    }
}

/// <param name="Number">As it is dialled; of the kind number only.</param>
internal sealed record StationForm(StationKind? Kind, string? Number);

/// <param name="Client">Names the tab; the same after a reload.</param>
/// <param name="Sdp">An offer of audio.</param>
/// <param name="Take">Also from another tab or machine that is connected.</param>
internal sealed record ConnectForm(string? Client, string? Sdp, bool? Take);

internal sealed record SdpForm(string? Sdp);

internal sealed record EchoForm(bool? On);

/// <param name="Connected">A browser has it and is heard; or a phone is registered; or it is an outside number.</param>
/// <param name="Connection">The browser's that has it, heard or not.</param>
/// <param name="Client">As that browser named itself.</param>
/// <param name="Number">The outside number that is the station, which nobody else is told; null of every other kind.</param>
/// <param name="AllowsNumber">The firm lets its agents be called at outside numbers.</param>
internal sealed record StationAnswer(StationKind Kind, string Extension, bool Connected, string? Connection, string? Client, DateTimeOffset? Since, string? Number, bool AllowsNumber);

/// <param name="Sdp">The answer.</param>
internal sealed record ConnectionAnswer(string Connection, string Sdp);

internal sealed record SdpAnswer(string Sdp);
