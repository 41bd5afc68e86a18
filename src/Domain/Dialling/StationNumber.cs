namespace CallCenter.Domain.Dialling;

/// <summary>Why a number cannot be an agent's station.</summary>
public enum StationNumberFault
{
    None,
    /// <summary>Not a number that can be dialled.</summary>
    NoNumber,
    Emergency,
    /// <summary>A short number, or one of 400 and 800: no person's telephone.</summary>
    NotPersonal,
    /// <summary>An extension of the tenant.</summary>
    Extension,
    /// <summary>A number of this platform: a call there would come back.</summary>
    LeadsBack,
    /// <summary>The tenant's dial plan, or the operator's, blocks it.</summary>
    PrefixBlocked,
    /// <summary>There is no trunk, no number to show, or no price while spending is limited.</summary>
    NoWay,
}

/// <summary>An outside number that is an agent's station: judged when it is chosen, and again at each clearance.</summary>
public static class StationNumber
{
    /// <summary>A telephone that a person may have.</summary>
    public static bool IsPersons(DialClass number) => number is DialClass.Mobile or DialClass.Landline or DialClass.International;

    /// <summary>What the tenant's rules say of it; limits are asked at each call.</summary>
    /// <param name="canonical">As it is to be kept, where nothing is against it.</param>
    public static StationNumberFault Check(string text, DialRules rules, out string canonical)
    {
        canonical = "";
        if (!rules.TryRead(text, out var number)) return StationNumberFault.NoNumber;
        canonical = number.Canonical;
        if (number.Class == DialClass.Emergency) return StationNumberFault.Emergency;
        if (!IsPersons(number.Class)) return StationNumberFault.NotPersonal;
        if (!rules.Allows(number)) return StationNumberFault.PrefixBlocked;
        var isFree = rules.SpendPerDay is null || rules.Price(number) is not null;
        return isFree && rules.Trunk(any: false) is not null && rules.Identity(null, null, null, out _) is null ? StationNumberFault.None : StationNumberFault.NoWay;
    }
}
