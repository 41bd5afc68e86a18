namespace CallCenter.Grains.Subjects;

/// <summary>An effect that is owed, under its number in the subject.</summary>
readonly record struct Debt(long Number, Effect Effect);

/// <summary>What the journal says of one subject: the fold of its entries, from the beginning or from a snapshot.</summary>
/// <param name="Entry">Number of the last entry; 0 = none.</param>
/// <param name="LastDebt">Number of the last effect owed.</param>
/// <param name="PaidUpTo">Every debt up to this number is paid.</param>
/// <param name="Owed">Debts that are not paid, in order.</param>
/// <param name="Heard">The highest message taken in, per sender.</param>
/// <param name="Closed">Nothing follows.</param>
sealed record Folded<TState>(TState State, long Entry, long LastDebt, long PaidUpTo, Items<Debt> Owed, Items<Heard> Heard, bool Closed)
{
    public static Folded<TState> Empty(TState state) => new(state, 0, 0, 0, [], [], false);

    /// <summary>Folds further entries.</summary>
    public Folded<TState> With(IEnumerable<JournalEntry> entries, Func<TState, Fact, TState> with)
    {
        var state = State;
        var (entry, lastDebt, paid, closed) = (Entry, LastDebt, PaidUpTo, Closed);
        var owed = Owed.ToList();
        var heard = Heard.ToDictionary(h => (h.From.Kind, h.From.Key));
        foreach (var e in entries)
        {
            if (e.Number <= entry) continue;
            entry = e.Number;
            foreach (var fact in e.Facts) state = with(state, fact);
            for (var i = 0; i < e.Owed.Count; i++) owed.Add(new(lastDebt = e.FirstOwed + i, e.Owed[i]));
            foreach (var h in e.Heard) heard[(h.From.Kind, h.From.Key)] = h;
            paid = long.Max(paid, e.PaidUpTo);
            closed |= e.Closed;
        }
        return new(state, entry, lastDebt, paid, owed.Where(d => d.Number > paid).ToItems(), heard.Values.ToItems(), closed);
    }
}
