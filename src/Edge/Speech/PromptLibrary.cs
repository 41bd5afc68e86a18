using System.Collections.Concurrent;
using CallCenter.Contracts.Media;
using CallCenter.Domain.Flows;
using CallCenter.Domain.Tenants;
using CallCenter.Media.Prompts;
using Microsoft.Extensions.Logging;

namespace CallCenter.Edge.Speech;

/// <summary>
/// Prompts ready to play, decoded and resampled once: the tenant's own sound, which the call names; the one shipped with the product; or
/// speech. A prompt that cannot be had is silence of no length and an error in the log: a call never hangs on a missing file.
/// </summary>
sealed class PromptLibrary(PromptShelf shelf, ISpeech speech, string folder, ILogger<PromptLibrary> log)
{
    /// <summary>Spoken texts are many: an hour of audio is kept (58 MB), the least recently played goes first.</summary>
    const long MostSamples = 3600 * 8000L;

    readonly ShippedPrompts shipped = new(folder);
    readonly PromptCache<(TenantId, Prompt)> ready = new(MostSamples);
    readonly ConcurrentDictionary<(TenantId, Prompt), Task<PromptAudio>> loading = new();

    /// <summary>Prompts whose lack was told: once is enough, however many callers do not hear them.</summary>
    readonly ConcurrentDictionary<(TenantId, string, string), bool> lacking = new();

    /// <summary>The prompts in order; completed at once if all were played before.</summary>
    public ValueTask<PromptAudio[]> Find(TenantId tenant, Items<Prompt> prompts)
    {
        var found = new PromptAudio[prompts.Count];
        for (var i = 0; i < found.Length; i++)
            if (!ready.TryGet((tenant, prompts[i]), out found[i])) return new(FindSlowly(tenant, prompts));
        return new(found);
    }

    async Task<PromptAudio[]> FindSlowly(TenantId tenant, Items<Prompt> prompts) => await Task.WhenAll(prompts.Select(prompt => Find((tenant, prompt))));

    /// <summary>Loads a prompt once for all who ask meanwhile. What could not be had is not remembered: the engine may have been busy, the disk away.</summary>
    async Task<PromptAudio> Find((TenantId, Prompt) key)
    {
        if (ready.TryGet(key, out var known)) return known;
        var load = loading.GetOrAdd(key, Load);
        var audio = await load;
        if (audio.Samples > 0) ready.Put(key, audio);
        loading.TryRemove(KeyValuePair.Create(key, load));
        return audio;
    }

    Task<PromptAudio> Load((TenantId Tenant, Prompt Prompt) key) => Task.Run(() => LoadNow(key.Tenant, key.Prompt));

    async Task<PromptAudio> LoadNow(TenantId tenant, Prompt prompt)
    {
        try
        {
            var file = prompt.Text is { } text ? await speech.Speak(text, prompt.Language) : prompt.File is { } own ? await shelf.Read(tenant, prompt.Id!, own) : await shipped.Read(prompt.Id!, prompt.Language);
            if (file is null) TellLack(tenant, prompt.Id ?? "(text)", prompt.Language);
            else if (PromptAudio.TryFromWav(file.Value.Span, out var audio, out var fault)) return audio;
            else log.PromptBroken(prompt.Id ?? "(text)", prompt.Language, fault.ToString());
        }
        catch (Exception e) // whatever keeps a file or an engine from us, the caller waits for the end of this play
        {
            log.PromptBroken(prompt.Id ?? "(text)", prompt.Language, e.Message);
        }
        return PromptAudio.Empty;
    }

    void TellLack(TenantId tenant, string prompt, string language)
    {
        if (lacking.TryAdd((tenant, prompt, language), true)) log.PromptMissing(prompt, language);
    }
}

static partial class PromptLog
{
    [LoggerMessage(2611, LogLevel.Error, "Prompt {Prompt} ({Language}) does not exist; silence is played")]
    public static partial void PromptMissing(this ILogger log, string prompt, string language);

    [LoggerMessage(2612, LogLevel.Error, "Prompt {Prompt} ({Language}) cannot be played: {Why}")]
    public static partial void PromptBroken(this ILogger log, string prompt, string language, string why);
}
