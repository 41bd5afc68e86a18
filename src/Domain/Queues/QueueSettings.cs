using System.Text.Json.Serialization;

namespace CallCenter.Domain.Queues;

/// <summary>A queue (技能组).</summary>
/// <param name="Name">As people write it, such as 售前咨询.</param>
/// <param name="RingSeconds">How long an agent's station may ring; 1–300, 15 by default.</param>
/// <param name="Recording">Conversations are recorded.</param>
/// <param name="AnnounceEverySeconds">How often the caller hears the place; 0 = never, else 10–3600.</param>
/// <param name="Music">The prompt that plays while waiting.</param>
/// <param name="EndsWhenAgentLost">A caller whose agent is lost in mid-talk (the agent's edge or lease is gone) is let go; otherwise he is told so and waits again, first.</param>
/// <param name="Whisper">What the agent hears before the talk.</param>
/// <param name="WhisperPrompt">With <see cref="QueueWhisper.Prompt"/>: which one.</param>
/// <param name="AnnouncesStaffNumber">报工号: the caller hears the agent's staff number before the talk.</param>
/// <param name="Skills">Only who has all of these, at those levels at least, is offered its calls.</param>
[GenerateSerializer, Immutable, Alias("QueueSettings")]
public sealed record QueueSettings([property: Id(0)] TenantId Owner, [property: Id(1)] QueueId Queue, [property: Id(2)] string Name, [property: Id(3)] int RingSeconds, [property: Id(4)] bool Recording, [property: Id(5)] int AnnounceEverySeconds, [property: Id(6)] string Music, [property: Id(7)] long Version = 0, [property: Id(8)] bool EndsWhenAgentLost = false, [property: Id(9)] Items<SkillLevel> Skills = default,
    [property: Id(10)] QueueWhisper Whisper = QueueWhisper.Off, [property: Id(11)] string? WhisperPrompt = null, [property: Id(12)] bool AnnouncesStaffNumber = false) : ISetting
{
    public string Id => Queue.Value;

    public Items<Fault> Check()
    {
        var faults = new FaultList().Id(Owner.Value, "owner", 32).Id(Id, "id").Name(Name, "name")
            .Range(RingSeconds, 1, 300, "ringSeconds")
            .When(AnnounceEverySeconds != 0 && AnnounceEverySeconds is < 10 or > 3600, "announceEverySeconds", "must be 0 (never) or 10–3600")
            .Id(Music, "music");
        faults.When(!Enum.IsDefined(Whisper), "whisper", "must be off, name or prompt").When(Whisper == QueueWhisper.Prompt && WhisperPrompt is null, "whisperPrompt", "is missing");
        if (WhisperPrompt is not null) faults.Id(WhisperPrompt, "whisperPrompt");
        SkillLevel.Check(Skills, "skills", faults);
        return faults.Done();
    }
}

/// <summary>What an agent hears of a call before it talks, while the customer hears music.</summary>
[JsonConverter(typeof(EnumText<QueueWhisper>))]
public enum QueueWhisper
{
    Off,
    /// <summary>The names of firm and queue, spoken.</summary>
    Name,
    /// <summary>A prompt.</summary>
    Prompt,
}
