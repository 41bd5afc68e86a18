using CallCenter.Domain.Kpi;

namespace CallCenter.Domain.Tests.Kpi;

public sealed class FloorCourseTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);
    private static readonly QueueId Sales = new("sales");

    /// <summary>All in seconds from noon on.</summary>
    private static QueueSpell Spell(double from, double? answered, double? until) => new(Sales, Noon.AddSeconds(from), At(answered), At(until));

    private static DateTimeOffset? At(double? second) => second is { } given ? Noon.AddSeconds(given) : null;

    private static Items<FloorStep> Course(double to, params QueueSpell[] spells) => FloorCourse.Of(spells, Noon, Noon.AddSeconds(to), Step);

    [Fact]
    public void A_floor_without_calls_has_its_steps_all_the_same() =>
        Assert.Equal([Noon, Noon + Step, Noon + 2 * Step], Course(601).Select(step => step.At));

    [Fact]
    public void A_step_tells_the_most_at_one_moment()
    {
        var step = Course(300, Spell(10, 30, 100), Spell(20, null, 40), Spell(50, 60, 70))[0];
        Assert.Equal((2, 2), (step.Waiting, step.Talking));
    }

    [Fact]
    public void Who_goes_on_is_counted_in_every_step_until_the_end()
    {
        var steps = Course(1_200, Spell(10, 310, 910), Spell(1_000, null, null));
        Assert.Equal([1, 1, 0, 1], steps.Select(step => step.Waiting));
        Assert.Equal([0, 1, 1, 1], steps.Select(step => step.Talking));
    }

    [Fact]
    public void Who_came_before_the_first_step_is_there_and_counts_in_no_figure()
    {
        var step = Course(300, Spell(-600, -590, 100), Spell(-100, null, null), Spell(-50, null, -10))[0];
        Assert.Equal((1, 1, 0), (step.Waiting, step.Talking, step.Offered));
        Assert.Null(step.ServiceLevel);
    }

    [Fact]
    public void Who_ends_as_another_begins_is_not_counted_beside_it() => Assert.Equal(1, Course(300, Spell(10, null, 20), Spell(20, null, 30))[0].Waiting);

    [Fact]
    public void The_service_level_is_of_those_whose_waiting_is_over()
    {
        var step = Course(300, Spell(0, 20, 100), Spell(0, 20.5, 100), Spell(0, null, 3), Spell(0, 5, null), Spell(290, null, null))[0];
        Assert.Equal((5, 3, 2, 1), (step.Offered, step.Answered, step.InTime, step.Lost));
        Assert.Equal(0.5, step.ServiceLevel);
    }
}
