using System.Diagnostics.CodeAnalysis;

namespace CallCenter.Media.Codecs;

/// <summary>Codecs as people list them: by their encoding names (RFC 3551 §6, RFC 7587 §7), in any case, such as <c>PCMA,PCMU,G722,opus</c>.</summary>
public static class CodecNames
{
    /// <summary>False: <paramref name="fault"/> says what is wrong with the list.</summary>
    public static bool TryRead(string list, out IReadOnlyList<AudioCodec> codecs, [NotNullWhen(false)] out string? fault)
    {
        List<AudioCodec> read = [];
        (codecs, fault) = (read, null);
        foreach (var name in list.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!TryFind(name, out var codec)) fault = $"'{name}' is no codec; there are {string.Join(", ", Enum.GetValues<AudioCodec>().Select(Name))}";
            else if (read.Contains(codec)) fault = $"{Name(codec)} stands there twice";
            if (fault is not null) return false;
            read.Add(codec);
        }
        return true;
    }

    static bool TryFind(string name, out AudioCodec found)
    {
        foreach (var codec in Enum.GetValues<AudioCodec>())
        {
            found = codec;
            if (Name(codec).Equals(name, StringComparison.OrdinalIgnoreCase)) return true;
        }
        found = default;
        return false;
    }

    static string Name(AudioCodec codec)
    {
        var encoding = Audio.Encoding(codec);
        return encoding[..encoding.IndexOf('/', StringComparison.Ordinal)];
    }
}
