using static CallCenter.Storage.Tests.A;

namespace CallCenter.Storage.Tests.Journal;

/// <summary>Random histories against a model: activations come and go, repeat, lose and crash.</summary>
public abstract class JournalProperties
{
    private protected abstract JournalBox Open();

    /// <summary>An activation's belief: the subject's entries, as it last knew them.</summary>
    private sealed class Activation(JournalBox box, Subject subject)
    {
        public List<JournalEntry> Entries { get; private set; } = [];
        public JournalBox Box => box;
        public Subject Subject => subject;

        public async Task Read() => Entries = [.. await box.Journal.Read(subject)];
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5), InlineData(6)]
    public async Task Of_all_activations_one_line_of_entries_remains(int seed)
    {
        var random = new Random(seed);
        JournalBox[] boxes = [Open(), Open()];
        var subjects = Enumerable.Range(0, 4).Select(_ => Subject.Call(random.Next(2) == 0 ? Acme : Globex, NewCall())).ToArray();
        var model = subjects.ToDictionary(s => s, _ => new List<JournalEntry>());
        var activations = subjects.SelectMany(s => boxes.Select(b => new Activation(b, s))).ToArray();
        for (var step = 0; step < 150; step++)
        {
            var activation = activations[random.Next(activations.Length)];
            if (random.Next(10) == 0) await activation.Read();
            await Act(random, activation, model[activation.Subject], step);
        }
        foreach (var box in boxes)
            foreach (var subject in subjects) Assert.Equal(model[subject], await box.Journal.Read(subject, TestContext.Current.CancellationToken));
        foreach (var box in boxes) box.Dispose();
    }

    private static async Task Act(Random random, Activation activation, List<JournalEntry> truth, int step)
    {
        var known = activation.Entries;
        var repeats = known.Count > 0 && random.Next(5) == 0;
        var entry = repeats ? known[random.Next(known.Count)] : Entry(known.Count + 1, new NodeEntered(At(step), $"node{step}"));
        try
        {
            await activation.Box.Journal.Append(activation.Subject, entry, urgency: Urgency.Now);
            if (repeats) Assert.Equal(entry, truth[(int)entry.Number - 1]);
            else
            {
                known.Add(entry);
                truth.Add(entry);
            }
            Assert.Equal(entry.Number, truth.IndexOf(entry) + 1);
        }
        catch (FencedException)
        {
            await activation.Read(); // it steps down, and another begins
        }
    }
}
