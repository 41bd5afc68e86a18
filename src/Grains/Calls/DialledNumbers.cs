namespace CallCenter.Grains.Calls;

/// <summary>
/// The numbers that a call dials, by the personal field that its orders name: orders and facts are stored, numbers are not. They
/// come with what people ask of the call, and after a restart from the personal store.
/// </summary>
sealed class DialledNumbers
{
    readonly Dictionary<string, string> numbers = new(StringComparer.Ordinal);

    /// <summary>Takes what the personal store has of the call.</summary>
    public void Resume(Items<PersonalValue> personal)
    {
        foreach (var value in personal)
            if (PersonalFields.IsDialled(value.Field)) numbers[value.Field] = value.Value;
    }

    /// <summary>Notes the numbers that a turn asked to dial, and those that the tenant has put into the trunk's form.</summary>
    /// <returns>What must be remembered for good.</returns>
    /// <param name="ofFlow">The number that the flow wants to be called in this turn; null if it wants none.</param>
    public Items<PersonalValue> Note(CallEvent happened, Step step, string? ofFlow = null)
    {
        if (happened is DialCleared { Called: { Length: > 0 } called } cleared) return Keep(PersonalFields.Called(cleared.Leg), called) ? [Found(PersonalFields.Called(cleared.Leg), called)] : [];
        if ((ofFlow ?? NumberIn(happened)) is not { } number) return [];
        Items<PersonalValue> kept = [];
        foreach (var effect in step.Effects)
            if (effect is AskToDial ask && Keep(ask.Field, number)) kept = kept.Add(Found(ask.Field, number));
        return kept;
    }

    /// <summary>As dialled; empty if it was lost, which is no number.</summary>
    public string Dialled(string field) => numbers.GetValueOrDefault(field, "");

    /// <summary>What the edge must know to carry out an order: the number in the form that the trunk expects.</summary>
    public PersonalValue ToRing(RingNumber order) =>
        new(order.Field, numbers.TryGetValue(PersonalFields.Called(order.Leg), out var called) ? called : Dialled(order.Field));

    /// <summary>So that the call is found by the number called.</summary>
    static PersonalValue Found(string field, string number) => new(field, number, PhoneNumber.TryParse(number, out var parsed) ? parsed.Canonical : null);

    bool Keep(string field, string number)
    {
        if (numbers.TryGetValue(field, out var known) && known == number) return false;
        numbers[field] = number;
        return true;
    }

    static string? NumberIn(CallEvent happened) => happened switch
    {
        PhoneDialled e => e.Dialled,
        Referred e => e.Dialled,
        DialOut e => e.To.Number,
        Transfer e => e.To.Number,
        Consult e => e.To.Number,
        _ => null,
    };
}
