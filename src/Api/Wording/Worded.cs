using System.Collections.Frozen;

namespace CallCenter.Api.Wording;

/// <summary>A sentence of ours by its code (<see cref="FaultCodes"/>), so that others can say it in their language.</summary>
/// <param name="Params">What stands in it where the sentence has names.</param>
internal sealed record Worded(string Code, IReadOnlyDictionary<string, string> Params)
{
    private static readonly FrozenDictionary<string, Worded> Plain = FaultCodes.All.Where(one => !one.Sentence.Contains('{', StringComparison.Ordinal))
        .ToFrozenDictionary(one => one.Sentence, one => new Worded(one.Code, FrozenDictionary<string, string>.Empty));

    /// <summary>The more of a sentence is fixed, the sooner it is tried.</summary>
    private static readonly Pattern[] Patterns = [.. FaultCodes.All.Where(one => one.Sentence.Contains('{', StringComparison.Ordinal)).Select(Pattern.Of).OrderByDescending(pattern => pattern.Fixed)];

    private static readonly Worded Unknown = new(FaultCodes.Other, FrozenDictionary<string, string>.Empty);

    /// <summary>Sentences are made far from here, by pure code that knows no API; at this border they get their codes.</summary>
    public static Worded Of(string sentence)
    {
        var text = sentence.EndsWith('.') ? sentence[..^1] : sentence;
        if (Plain.TryGetValue(text, out var known)) return known;
        foreach (var pattern in Patterns)
            if (pattern.Read(text) is { } found) return new(pattern.Code, found);
        return Unknown;
    }

    /// <param name="Texts">What stands before, between and behind the names: one more than there are names.</param>
    private sealed record Pattern(string Code, string[] Texts, string[] Names)
    {
        public int Fixed => Texts.Sum(text => text.Length);

        public static Pattern Of((string Code, string Sentence) known)
        {
            var parts = known.Sentence.Split('{', '}'); // text, name, text, name … text
            return new(known.Code, [.. parts.Where((_, n) => n % 2 == 0)], [.. parts.Where((_, n) => n % 2 == 1)]);
        }

        /// <summary>What stands where the names are, at least a character each; null if it is another sentence.</summary>
        public Dictionary<string, string>? Read(string text)
        {
            if (!text.StartsWith(Texts[0], StringComparison.Ordinal) || !text.EndsWith(Texts[^1], StringComparison.Ordinal)) return null;
            var (found, at) = (new Dictionary<string, string>(), Texts[0].Length);
            for (var n = 0; n < Names.Length; n++)
            {
                var end = n == Names.Length - 1 ? text.Length - Texts[^1].Length : at < text.Length ? text.IndexOf(Texts[n + 1], at + 1, StringComparison.Ordinal) : -1;
                if (end <= at) return null;
                found[Names[n]] = text[at..end];
                at = end + Texts[n + 1].Length;
            }
            return found;
        }
    }
}

/// <summary>A fault as problem details tell it.</summary>
internal sealed record WordedFault(string Field, string Code, IReadOnlyDictionary<string, string> Params, string Text)
{
    public static WordedFault Of(Fault fault)
    {
        var (code, given) = Worded.Of(fault.Text);
        return new(fault.Field, code, given, fault.Text);
    }
}
