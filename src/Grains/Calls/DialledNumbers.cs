namespace CallCenter.Grains.Calls;

/// <summary>
/// The numbers that a call dials, by the personal field that its orders name: orders and facts are stored, numbers are not. They
/// come with what people ask of the call (<see cref="CallMachine.Personal"/>), and after a restart from the personal store.
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

    /// <summary>Notes the number that an event brings along: as people asked for it, or as the tenant has put it into the trunk's form.</summary>
    /// <param name="asked">What the machine says of the event, before it takes it in.</param>
    /// <returns>What must be remembered for good; null if nothing.</returns>
    public PersonalValue? Note(CallEvent happened, (string Field, string Number)? asked) => happened switch
    {
        DialCleared { Called: { Length: > 0 } called } e => Keep(PersonalFields.Called(e.Leg), called),
        _ => asked is { } number ? Keep(number.Field, number.Number) : null,
    };

    /// <summary>Notes the number that a flow wants to be called.</summary>
    /// <returns>What must be remembered for good.</returns>
    public Items<PersonalValue> Ask(Step step, string number)
    {
        Items<PersonalValue> kept = [];
        foreach (var effect in step.Effects)
            if (effect is AskToDial { Station: null } ask && Keep(ask.Field, number) is { } value) kept = kept.Add(value);
        return kept;
    }

    /// <summary>As dialled; empty if it was lost, which is no number.</summary>
    public string Dialled(string field) => numbers.GetValueOrDefault(field, "");

    /// <summary>What the edge must know to carry out its orders.</summary>
    public Items<PersonalValue> For(IReadOnlyList<EdgeCommand> orders)
    {
        Items<PersonalValue> values = [];
        foreach (var order in orders)
            if (order is RingNumber ring) values = values.Add(ToRing(ring));
        return values;
    }

    /// <summary>The number in the form that the trunk expects.</summary>
    public PersonalValue ToRing(RingNumber order) =>
        new(order.Field, numbers.TryGetValue(PersonalFields.Called(order.Leg), out var called) ? called : Dialled(order.Field));

    PersonalValue? Keep(string field, string number)
    {
        if (numbers.TryGetValue(field, out var known) && known == number) return null;
        numbers[field] = number;
        return new(field, number, PhoneNumber.TryParse(number, out var parsed) ? parsed.Canonical : null); // so that the call is found by the number called
    }
}
