namespace CallCenter.Domain.Tests.Conversations;

/// <summary>
/// Random conversations: commands of agents and supervisors, words of phones, answers, refusals, hang-ups, crashes, lapsed leases. After
/// every event exactly the intended parties hear each other, what is said is recorded or has a reason, and every agent's seconds count
/// as what it does; in the end nothing is held by anybody.
/// </summary>
public class RandomTalkTests(ITestOutputHelper output)
{
    private const int Sampled = 2_000, All = 100_000, Steps = 100;

    [Fact, Trait("Speed", "Slow")]
    public void Random_conversations_hold_what_they_promise() => Run(1, Sampled, leastEach: 10);

    [Fact, Trait("Speed", "Long")]
    public void A_hundred_thousand_random_conversations_hold_what_they_promise() => Run(Sampled + 1, All, leastEach: 100);

    /// <summary>The called agent of an internal call was whispered to, and others heard it while that one held.</summary>
    [Fact]
    public void A_whisper_to_the_called_agent_is_heard_by_nobody_else() => Run(88_340, 1, leastEach: 0);

    private void Run(int from, int count, int leastEach)
    {
        var facts = new Dictionary<string, int>();
        for (var seed = from; seed < from + count; seed++)
        {
            var talk = new RandomTalk(seed);
            try
            {
                talk.Run(Steps);
            }
            catch (Exception fault)
            {
                Assert.Fail($"seed {seed}: {fault.GetType().Name} {fault.Message}\n{string.Join("\n", talk.Story.TakeLast(25))}\n-- facts\n{string.Join("\n", talk.Scene.Facts)}\n{fault.StackTrace}");
            }
            foreach (var fact in talk.Scene.Facts) facts[fact.GetType().Name] = facts.GetValueOrDefault(fact.GetType().Name) + 1;
        }
        foreach (var (name, number) in facts.OrderBy(f => f.Value)) output.WriteLine($"{number,9} {name}");
        var rare = typeof(TrackStarted).Assembly.GetTypes().Where(t => t.BaseType == typeof(Fact) && t.Namespace == typeof(TrackStarted).Namespace && facts.GetValueOrDefault(t.Name) < leastEach);
        Assert.Empty(rare.Select(t => t.Name));
    }
}
