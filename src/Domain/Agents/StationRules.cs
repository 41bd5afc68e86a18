namespace CallCenter.Domain.Agents;

/// <summary>What becomes of a call whose agent is lost in mid-talk: the browser fell silent, or the phone's line was cut. An owner has one set of rules.</summary>
/// <param name="GraceSeconds">How long a browser that is not heard is waited for, while the customer hears music: 5–300 s.</param>
/// <param name="WhenAgentIsLost">What happens then, and at once where a phone is gone.</param>
/// <param name="OutsideNumbers">Agents may have themselves called at an outside telephone number.</param>
[GenerateSerializer, Immutable, Alias("StationRules")]
public sealed record StationRules([property: Id(0)] TenantId Owner, [property: Id(1)] int GraceSeconds, [property: Id(2)] AgentLoss WhenAgentIsLost, [property: Id(3)] long Version = 0, [property: Id(4)] bool OutsideNumbers = false) : ISetting
{
    public const string OnlyId = "stations";

    /// <summary>s. Shorter than a browser takes to find another network would end calls for nothing; longer is no wait that a customer puts up with.</summary>
    private const int Shortest = 5, Longest = 300, Usual = 30;

    public string Id => OnlyId;

    public static StationRules Default(TenantId owner) => new(owner, Usual, AgentLoss.End);

    public Items<Fault> Check() => new FaultList().Id(Owner.Value, "owner", 32).Range(GraceSeconds, Shortest, Longest, "graceSeconds")
        .When(!Enum.IsDefined(WhenAgentIsLost), "whenAgentIsLost", "is neither end nor requeue").Done();
}

/// <summary>What a customer is left with whose agent is lost.</summary>
public enum AgentLoss
{
    /// <summary>The call ends, as any whose line is cut.</summary>
    End,

    /// <summary>Who came by a queue hears why and waits there again, first; unless that queue ends such calls.</summary>
    Requeue,
}
