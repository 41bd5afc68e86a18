using System.Runtime.InteropServices;

namespace CallCenter.AppHost.Running;

/// <summary>The first SIGTERM (or Ctrl+C) asks for an orderly end, the second ends the process at once.</summary>
internal sealed class Signals : IDisposable
{
    /// <summary>128 + 15, as shells write "ended by SIGTERM".</summary>
    private const int EndedAtOnce = 143;

    private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] registrations;

    public Signals() => registrations = [PosixSignalRegistration.Create(PosixSignal.SIGTERM, On), PosixSignalRegistration.Create(PosixSignal.SIGINT, On)];

    /// <summary>Completes when the process is asked to end.</summary>
    public Task Asked => asked.Task;

    public void Dispose()
    {
        foreach (var registration in registrations) registration.Dispose();
    }

    private void On(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (!asked.TrySetResult()) Environment.Exit(EndedAtOnce);
    }
}
