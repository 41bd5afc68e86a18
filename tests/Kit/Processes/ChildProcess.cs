using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace CallCenter.Kit.Processes;

/// <summary>A program started for a test: its lines are kept, it is waited for by what it prints, and ended by its id.</summary>
public sealed partial class ChildProcess : IAsyncDisposable
{
    readonly Process process;
    readonly List<string> lines = [];
    readonly List<(Func<string, bool> Wanted, TaskCompletionSource<string> Found)> waits = [];
    readonly Lock gate = new();

    ChildProcess(Process process) => this.process = process;

    public int Id => process.Id;
    public bool HasExited => process.HasExited;

    /// <summary>Everything it has printed so far, both streams as they came.</summary>
    public string[] Lines
    {
        get { lock (gate) return [.. lines]; }
    }

    public string Output => string.Join('\n', Lines);

    /// <param name="listens">It takes lines by <see cref="Say"/>; else its input is at its end from the start.</param>
    public static ChildProcess Start(string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string>? environment = null, bool listens = false)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var child = new ChildProcess(process);
        process.OutputDataReceived += (_, line) => child.Take(line.Data);
        process.ErrorDataReceived += (_, line) => child.Take(line.Data);
        process.Exited += (_, _) => child.Take(null);
        process.Start();
        if (!listens) process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return child;
    }

    /// <summary>A line to its input.</summary>
    public void Say(string line)
    {
        process.StandardInput.WriteLine(line);
        process.StandardInput.Flush();
    }

    /// <summary>The first line, printed before or after now, that holds the text. Fails by saying what was printed instead.</summary>
    public async Task<string> Prints(string text, TimeSpan within)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool Wanted(string line) => line.Contains(text, StringComparison.Ordinal);
        lock (gate)
        {
            if (lines.Find(Wanted) is { } line) return line;
            waits.Add((Wanted, found));
        }
        if (HasExited) found.TrySetException(Ended());
        try
        {
            return await found.Task.WaitAsync(within);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"waited {within.TotalSeconds} s for '{text}'; printed:\n{Output}");
        }
    }

    /// <summary>Asks it to end (SIGTERM).</summary>
    public void Terminate() => Signal(SigTerm);

    /// <summary>As Ctrl+C does (SIGINT).</summary>
    public void Interrupt() => Signal(SigInt);

    /// <summary>Asks it to end without an orderly close (SIGQUIT).</summary>
    public void Quit() => Signal(SigQuit);

    /// <summary>As a power cut would (SIGKILL): nothing is flushed.</summary>
    public void Kill() => Signal(SigKill);

    /// <summary>Stops it without its knowledge (SIGSTOP) until <see cref="Thaw"/>.</summary>
    public void Freeze() => Signal(SigStop);

    public void Thaw() => Signal(SigCont);

    /// <summary>The same with all that it has started: a machine that sleeps.</summary>
    public void FreezeAll() => SignalAll(SigStop);

    public void ThawAll() => SignalAll(SigCont);

    /// <summary>Its exit code; fails if it lives on.</summary>
    public async Task<int> Exits(TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{process.StartInfo.FileName} lives on after {within.TotalSeconds} s; printed:\n{Output}");
        }
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!HasExited)
        {
            Kill();
            await Exits(TimeSpan.FromSeconds(10));
        }
        process.Dispose();
    }

    const int SigInt = 2, SigQuit = 3, SigKill = 9, SigTerm = 15, SigCont = 18, SigStop = 19;

    void Signal(int signal)
    {
        if (!HasExited) _ = SysKill(Id, signal); // it may end in between: then there is nothing to do
    }

    void SignalAll(int signal)
    {
        if (HasExited) return;
        foreach (var id in ProcessTree.Of(Id)) _ = SysKill(id, signal);
    }

    void Take(string? line)
    {
        if (line is null)
        {
            if (HasExited) End(); // asked before the gate is taken: it may raise Exited under the process's own lock, which comes here
            return; // or one of two streams ended
        }
        lock (gate)
        {
            var plain = Colours().Replace(line, "");
            lines.Add(plain);
            foreach (var (wanted, found) in waits)
                if (wanted(plain)) found.TrySetResult(plain);
        }
    }

    void End()
    {
        lock (gate)
        {
            foreach (var (_, found) in waits) found.TrySetException(Ended());
            waits.Clear();
        }
    }

    InvalidOperationException Ended() => new($"{process.StartInfo.FileName} ended with code {process.ExitCode}; printed:\n{string.Join('\n', lines)}");

    [GeneratedRegex(@"\x1B\[[0-9;]*m")]
    private static partial Regex Colours();

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SysKill(int process, int signal);
}
