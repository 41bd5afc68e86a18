namespace CallCenter.Api.Live;

/// <summary>What can be watched.</summary>
internal enum LiveTopic
{
    /// <summary>The figures of the queues.</summary>
    Queues,
    /// <summary>What agents are doing.</summary>
    Agents,
    /// <summary>Offers to agents, and agents joining and leaving calls.</summary>
    Offers,
    /// <summary>The facts of calls as they are committed.</summary>
    Calls,
    /// <summary>What an agent's own screen shows: offers, its station, its call.</summary>
    Desk,
}

internal static class LiveTopics
{
    /// <summary>The right that a topic demands: the one by which the same can be read otherwise.</summary>
    public static Demand Demand(LiveTopic topic) => topic switch
    {
        LiveTopic.Queues => new(Resource.Live, Rights.Read),
        LiveTopic.Agents or LiveTopic.Offers => new(Resource.Presence, Rights.ReadOwn),
        LiveTopic.Calls => new(Resource.Calls, Rights.Read),
        LiveTopic.Desk => new(Resource.Station, Rights.ReadOwn),
        _ => throw new ArgumentOutOfRangeException(nameof(topic), topic, "is no topic"),
    };

    /// <summary>Whether a topic tells of single agents, so that it can be narrowed to one of them.</summary>
    public static bool IsOfAgents(LiveTopic topic) => topic is LiveTopic.Agents or LiveTopic.Offers or LiveTopic.Desk;
}

/// <summary>What one client watches.</summary>
/// <param name="Agent">Topics of agents tell of this one only; null = of all.</param>
/// <param name="Led">What is told is narrowed to these agents and their queues; null = to nobody.</param>
internal readonly record struct LiveView(LiveTopic[] Topics, AgentId? Agent, Led? Led = null)
{
    public bool Has(LiveTopic topic) => Array.IndexOf(Topics, topic) >= 0;

    public bool Sees(LiveEvent happened) => Has(happened.Topic) && (Agent is null || happened.Agent is null || happened.Agent == Agent) && (Led is null || happened.Concerns(Led));
}

/// <summary>One event, written once for all who see it.</summary>
/// <param name="Agent">Of whom it tells, in a topic of agents.</param>
/// <param name="Json">With its number in it.</param>
internal sealed record LiveEvent(LiveTopic Topic, AgentId? Agent, ReadOnlyMemory<byte> Json)
{
    /// <summary>The agents who have had a part in the call that it tells of.</summary>
    public Items<AgentId> Part { get; init; }

    /// <summary>The queue that it tells of, or in which its call is.</summary>
    public QueueId? Queue { get; init; }

    /// <summary>A call whose beginning was not seen here concerns nobody before somebody is named in it.</summary>
    public bool Concerns(Led led) => Topic switch
    {
        LiveTopic.Queues => Queue is { } queue && led.Has(queue),
        LiveTopic.Calls => led.Has(Part, Queue),
        _ => Agent is { } agent && led.Has(agent),
    };
}
