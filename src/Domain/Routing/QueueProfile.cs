using System.Text.Json.Serialization;

namespace CallCenter.Domain.Routing;

/// <summary>How an agent serves one of its queues, where that is not the usual way: priority 1, no delay.</summary>
/// <param name="Priority">1 (first) – 99. While anybody waits in a queue of a lower number, nobody of this one is offered.</param>
/// <param name="DelaySeconds">0–9999. Who has not waited for so long is out of the agent's sight.</param>
[GenerateSerializer, Immutable, Alias("QueueProfile")]
public readonly record struct QueueProfile([property: Id(0)] QueueRef Queue, [property: Id(1)] int Priority = QueueProfile.First, [property: Id(2)] int DelaySeconds = 0)
{
    public const int First = 1, Last = 99, LongestDelay = 9999;

    [JsonIgnore] public bool IsUsual => Priority == First && DelaySeconds == 0;
}

/// <summary>A skill at a level: an agent has it, or a queue asks for it at the least.</summary>
/// <param name="Skill">1–64 of a–z, 0–9 and "-", such as english.</param>
/// <param name="Level">1.0–5.0, in tenths.</param>
[GenerateSerializer, Immutable, Alias("SkillLevel")]
public readonly record struct SkillLevel([property: Id(0)] string Skill, [property: Id(1)] decimal Level)
{
    public const decimal Lowest = 1, Highest = 5;
    private const int Most = 50;

    [JsonIgnore] public bool HasLevel => Level is >= Lowest and <= Highest && decimal.Truncate(Level * 10) == Level * 10;

    /// <summary>Whether who has these skills meets all needs.</summary>
    public static bool Meet(Items<SkillLevel> skills, Items<SkillLevel> needs)
    {
        foreach (var need in needs)
            if (!Has(skills, need)) return false;
        return true;
    }

    private static bool Has(Items<SkillLevel> skills, SkillLevel need)
    {
        foreach (var skill in skills)
            if (skill.Skill == need.Skill && skill.Level >= need.Level) return true;
        return false;
    }

    internal static void Check(Items<SkillLevel> skills, string field, FaultList faults)
    {
        var names = new HashSet<string>();
        for (var i = 0; i < skills.Count; i++)
        {
            var path = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{field}[{i}]");
            faults.Id(skills[i].Skill, path + ".skill").When(!skills[i].HasLevel, path + ".level", "must be 1.0–5.0, in tenths").When(!names.Add(skills[i].Skill ?? ""), path + ".skill", "is there twice");
        }
        faults.When(skills.Count > Most, field, $"has more than {Most} entries");
    }
}
