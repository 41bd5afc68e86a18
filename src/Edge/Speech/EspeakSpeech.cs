using System.Diagnostics;
using CallCenter.Contracts.Media;
using Microsoft.Extensions.Logging;

namespace CallCenter.Edge.Speech;

/// <summary>Speaks with espeak-ng if it is installed: about 30 ms a prompt. Texts go in by standard input, so that none stands in the list of processes.</summary>
public sealed class EspeakSpeech(ILogger<EspeakSpeech> log) : ISpeech, IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Language → voice. Plain <c>cmn</c> spells pinyin letters; <c>cmn-latn-pinyin</c> reads pinyin, characters need <c>cmn</c>.</summary>
    static readonly (string Language, string Voice)[] Voices = [("zh", "cmn"), ("en", "en-us")];

    /// <summary>Engines at work at once: a queue full of callers whose place is said must not take the processors from the media threads.</summary>
    readonly SemaphoreSlim free = new(2);

    /// <summary>Whether the program stands in a folder of the path; installed later, it is found at the next start.</summary>
    static readonly Lazy<bool> Installed = new(() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, Program))));

    const string Program = "espeak-ng";

    bool missing;

    public Items<string> Languages => missing || !Installed.Value ? [] : ["zh-CN", "en"];

    public async Task<ReadOnlyMemory<byte>?> Speak(string text, string language, CancellationToken stop = default)
    {
        var voice = Array.Find(Voices, v => language.StartsWith(v.Language, StringComparison.OrdinalIgnoreCase)).Voice;
        if (missing || voice is null) return null;
        await free.WaitAsync(stop);
        try
        {
            return await Start(text, voice, stop);
        }
        finally
        {
            free.Release();
        }
    }

    async Task<ReadOnlyMemory<byte>?> Start(string text, string voice, CancellationToken stop)
    {
        using var engine = new Process { StartInfo = new(Program, ["-v", voice, "-s", "150", "--stdin", "--stdout"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true } };
        try
        {
            engine.Start();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            missing = true;
            log.EngineMissing();
            return null;
        }
        return await Run(engine, text, stop);
    }

    public void Dispose() => free.Dispose();

    async Task<ReadOnlyMemory<byte>?> Run(Process engine, string text, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        using var audio = new MemoryStream();
        try
        {
            var reading = engine.StandardOutput.BaseStream.CopyToAsync(audio, patience.Token);
            await engine.StandardInput.WriteAsync(text.AsMemory(), patience.Token);
            engine.StandardInput.Close();
            await reading;
            await engine.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            engine.Kill();
            log.EngineFailed("it took too long");
            return null;
        }
        if (engine.ExitCode == 0 && audio.Length > 44) return audio.ToArray();
        log.EngineFailed($"exit code {engine.ExitCode}");
        return null;
    }
}

static partial class SpeechLog
{
    [LoggerMessage(2601, LogLevel.Warning, "espeak-ng is not installed: texts are not spoken, prompts are")]
    public static partial void EngineMissing(this ILogger log);

    [LoggerMessage(2602, LogLevel.Error, "espeak-ng failed: {Why}")]
    public static partial void EngineFailed(this ILogger log, string why);
}
