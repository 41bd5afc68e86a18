namespace CallCenter.Media.Prompts;

/// <summary>
/// Prompts in memory, each decoded and resampled once for all calls. Bounded by size: the least recently used go first. A prompt that
/// is playing stays alive until its play ends, in the cache or not. For any thread.
/// </summary>
/// <typeparam name="TKey">Whatever names a prompt, its version included: a new version is another prompt.</typeparam>
/// <param name="maxSamples">Bound of the sum of lengths, 8 samples a ms; one sample takes 2 bytes.</param>
public sealed class PromptCache<TKey>(long maxSamples) where TKey : notnull
{
    readonly Lock gate = new();
    readonly Dictionary<TKey, LinkedListNode<(TKey Key, PromptAudio Audio)>> known = [];
    readonly LinkedList<(TKey Key, PromptAudio Audio)> byUse = new();
    long samples;

    public bool TryGet(TKey key, out PromptAudio audio)
    {
        audio = PromptAudio.Empty;
        lock (gate)
        {
            if (!known.TryGetValue(key, out var node)) return false;
            byUse.Remove(node);
            byUse.AddFirst(node);
            audio = node.Value.Audio;
            return true;
        }
    }

    /// <summary>Keeps a prompt, or another under the same key, and drops what no longer fits.</summary>
    public void Put(TKey key, PromptAudio audio)
    {
        lock (gate)
        {
            if (known.TryGetValue(key, out var old)) Drop(old);
            known[key] = byUse.AddFirst((key, audio));
            samples += audio.Samples;
            while (samples > maxSamples && byUse.Last is { } last && last != byUse.First) Drop(last);
        }
    }

    void Drop(LinkedListNode<(TKey Key, PromptAudio Audio)> node)
    {
        byUse.Remove(node);
        known.Remove(node.Value.Key);
        samples -= node.Value.Audio.Samples;
    }
}
