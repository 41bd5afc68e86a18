using System.Diagnostics;

namespace CallCenter.Bench;

/// <summary>Programs that take all the processor they are given, until this ends, or 60 s at most.</summary>
sealed class Hogs : IDisposable
{
    readonly List<Process> running = [];

    public Hogs(int count)
    {
        for (var i = 0; i < count; i++) running.Add(Process.Start("timeout", ["60", "sh", "-c", "while :; do :; done"]));
    }

    public void Dispose()
    {
        foreach (var one in running)
        {
            one.Kill(entireProcessTree: true);
            one.WaitForExit();
            one.Dispose();
        }
    }
}
