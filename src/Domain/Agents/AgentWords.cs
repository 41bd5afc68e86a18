using System.Text.Json.Serialization;

namespace CallCenter.Domain.Agents;

/// <summary>What the agent chose. What routing derives from it (idle, offered, talking, after-call work) is <see cref="AgentWork"/>.</summary>
[JsonConverter(typeof(EnumText<Presence>))]
public enum Presence { SignedOut, Available, NotReady, Break }

/// <summary>What the agent is doing for a call.</summary>
[JsonConverter(typeof(EnumText<AgentWork>))]
public enum AgentWork { Idle, Offered, Talking, AfterCall }
