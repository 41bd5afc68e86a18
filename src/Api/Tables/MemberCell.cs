using System.Globalization;

namespace CallCenter.Api.Tables;

/// <summary>Queues in a cell: <c>sales support:2:30</c>, where priority and delay stand behind an id that is not served in the usual way.</summary>
internal static class MemberCell
{
    public static string Of(AgentSettings agent) => string.Join(' ', agent.Queues.Select(queue => Word(queue, agent.Profiles.FirstOrDefault(profile => profile.Queue == queue, new(queue)))));

    private static string Word(QueueRef queue, QueueProfile profile) =>
        profile.IsUsual ? queue.Queue.Value : string.Create(CultureInfo.InvariantCulture, $"{queue.Queue}:{profile.Priority}:{profile.DelaySeconds}");

    public static bool TryRead(string word, TenantId tenant, out QueueProfile profile)
    {
        profile = default;
        var parts = word.Split(':');
        if (parts.Length > 3 || !QueueId.TryParse(parts[0], null, out var queue)) return false;
        var (priority, delay) = (QueueProfile.First, 0);
        if (parts.Length > 1 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out priority)) return false;
        if (parts.Length > 2 && !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out delay)) return false;
        profile = new(new(tenant, queue), priority, delay);
        return true;
    }
}

/// <summary>Skills in a cell: <c>english:3.5 billing:4</c>.</summary>
internal static class SkillCell
{
    public static string Of(Items<SkillLevel> skills) => string.Join(' ', skills.Select(skill => string.Create(CultureInfo.InvariantCulture, $"{skill.Skill}:{skill.Level:0.#}")));

    public static bool TryRead(string word, out SkillLevel skill)
    {
        skill = default;
        if (word.Split(':') is not [var name, var text] || !decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var level)) return false;
        skill = new(name, level);
        return true;
    }
}
