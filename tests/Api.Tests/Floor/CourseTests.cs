using CallCenter.Domain.Kpi;

namespace CallCenter.Api.Tests.Floor;

public sealed class CourseTests : IAsyncLifetime
{
    private RunningApi api = null!;

    public async ValueTask InitializeAsync() => api = await RunningApi.Start();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    private void Waited(TenantId owner, QueueId queue, double minutesAgo, double? answeredAfter)
    {
        var from = api.Clock.GetUtcNow().AddMinutes(-minutesAgo);
        var answered = answeredAfter is { } seconds ? from.AddSeconds(seconds) : (DateTimeOffset?)null;
        api.Reports.Waited.Add((owner, new(queue, from, answered, from.AddMinutes(2))));
    }

    private static (int Offered, int InTime, int Lost) Sum(JsonElement course) => course.GetProperty("steps").EnumerateArray()
        .Select(step => (step.GetProperty("offered").GetInt32(), step.GetProperty("inTime").GetInt32(), step.GetProperty("lost").GetInt32()))
        .Aggregate((a, b) => (a.Item1 + b.Item1, a.Item2 + b.Item2, a.Item3 + b.Item3));

    [Fact]
    public async Task The_own_queues_last_hours_are_told_in_steps()
    {
        Waited(A.Acme, A.Sales, 30, 5);
        Waited(A.Acme, A.Sales, 90, 50);
        Waited(A.Acme, new("support"), 30, null);
        Waited(A.Globex, A.Sales, 30, 5);
        using var boss = await api.SignedIn(A.Acme, "supervisor");
        var course = await (await boss.Get("/api/v1/floor/course?hours=2")).Json();
        Assert.Equal((300, 20, 24), (course.GetProperty("step").GetInt32(), course.GetProperty("inTime").GetInt32(), course.GetProperty("steps").GetArrayLength()));
        Assert.Equal((3, 1, 1), Sum(course));
        Assert.Equal((2, 1, 0), Sum(await (await boss.Get("/api/v1/floor/course?queue=sales")).Json()));
        Assert.Equal((1, 1, 0), Sum(await (await boss.Get("/api/v1/floor/course?queue=sales&hours=1")).Json()));
    }

    [Fact]
    public async Task What_is_wrong_is_named()
    {
        using var boss = await api.SignedIn(A.Acme, "supervisor");
        Assert.Equal(["hours", "queue"], await (await boss.Get("/api/v1/floor/course?hours=25&queue=No%20queue")).Wrong());
        Assert.Equal(HttpStatusCode.NotFound, (await boss.Get("/api/v1/floor/course?queue=nothing")).StatusCode);
    }
}
