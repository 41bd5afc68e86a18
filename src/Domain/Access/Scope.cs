namespace CallCenter.Domain.Access;

/// <summary>What an API key is narrowed to, in words: <c>calls.read</c>, <c>voicemails.write</c>.</summary>
public static class Scope
{
    public static bool TryParse(string? text, out Demand demand)
    {
        demand = new(default, Rights.None);
        if (text?.Split('.') is not [var resource, var right]) return false;
        if (!Enum.TryParse<Resource>(resource, ignoreCase: true, out var what) || !Enum.IsDefined(what) || resource.Length == 0 || !char.IsAsciiLetterLower(resource[0])) return false;
        if (right is not ("read" or "write")) return false;
        demand = new(what, right == "read" ? Rights.Read : Rights.Write);
        return true;
    }

    /// <summary>Whether one of the scopes covers a demand; where there are none, all is covered.</summary>
    public static bool Cover(Items<string> scopes, Demand demand) =>
        scopes.IsEmpty || scopes.Any(scope => TryParse(scope, out var given) && given.Resource == demand.Resource && RightsTable.Covers(given.Right, demand.Right));
}
