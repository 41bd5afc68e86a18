using System.Globalization;
using CallCenter.Domain.Kpi;

namespace CallCenter.Api.Floor;

/// <summary>How the last hours went on the floor: from the call records, so that a restart takes nothing away.</summary>
internal static class FloorEndpoints
{
    /// <summary>Calls that began earlier before the first step are not looked for.</summary>
    private static readonly TimeSpan LongestCall = TimeSpan.FromHours(4);

    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    public static void MapFloor(this IEndpointRouteBuilder api)
    {
        var floor = api.Resource("/floor", "Floor");
        floor.MapGet("/course", Course).Demands(Resource.Live, Rights.Read).WithSummary("How many waited and talked in the last hours, in steps of five minutes; a team leader's own queues only");
    }

    private static async Task<Results<Ok<CourseAnswer>, ProblemHttpResult>> Course(Caller caller, [AsParameters] CourseQuery query, IReports reports, IConfigurationStore store, TimeProvider time, CancellationToken stop)
    {
        if (query.Wanted is { } queue && await store.Find<QueueSettings>(caller.Tenant, queue.Value, stop) is null) return Problems.NotFound("queue");
        var now = time.GetUtcNow();
        var from = new DateTimeOffset(now.Ticks - now.Ticks % Step.Ticks, TimeSpan.Zero) + Step - query.Back;
        var spells = (await reports.Spells(caller.Tenant, from - LongestCall, stop)).Where(spell => (query.Wanted ?? spell.Queue) == spell.Queue && caller.Led?.Has(spell.Queue) != false).ToList();
        return TypedResults.Ok(new CourseAnswer((int)Step.TotalSeconds, (int)ServiceLevel.Within.TotalSeconds, ServiceLevel.Formula, FloorCourse.Of(spells, from, from + query.Back, Step)));
    }
}

/// <param name="Hours">1–24, 4 by default. Text here, so that a wrong one is named in the answer.</param>
/// <param name="Queue">Of this queue only.</param>
internal readonly record struct CourseQuery([FromQuery] string? Hours, [FromQuery] string? Queue) : IChecked
{
    private const int Most = 24, Default = 4;

    public TimeSpan Back => TimeSpan.FromHours(TryHours(out var hours) ? hours : Default);

    public QueueId? Wanted => QueueId.TryParse(Queue, null, out var queue) ? queue : null;

    public Items<Fault> Faults
    {
        get
        {
            var faults = new List<Fault>();
            if (!TryHours(out _)) faults.Add(new("hours", $"must be a number from 1 to {Most}"));
            if (!string.IsNullOrEmpty(Queue) && Wanted is null) faults.Add(new("queue", "is not a queue id"));
            return faults.ToItems();
        }
    }

    private bool TryHours(out int hours)
    {
        hours = Default;
        return string.IsNullOrEmpty(Hours) || (int.TryParse(Hours, NumberStyles.None, CultureInfo.InvariantCulture, out hours) && hours is >= 1 and <= Most);
    }
}

/// <param name="Step">Seconds.</param>
/// <param name="InTime">Within so many seconds a caller is answered in time.</param>
/// <param name="Formula">By which formula the service level is counted; another one is another number.</param>
/// <param name="Steps">Oldest first; the last one goes on.</param>
internal sealed record CourseAnswer(int Step, int InTime, int Formula, Items<FloorStep> Steps);
