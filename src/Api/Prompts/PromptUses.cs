namespace CallCenter.Api.Prompts;

/// <summary>Which flows and queues name a prompt.</summary>
internal static class PromptUses
{
    /// <summary>Every prompt that is named, with who names it: each flow and queue of the tenant is read once.</summary>
    public static async Task<ILookup<string, PromptUse>> Uses(this IConfigurationStore store, TenantId tenant, CancellationToken stop)
    {
        var uses = new List<(string Prompt, PromptUse Use)>();
        await foreach (var flow in store.All<FlowSettings>(tenant, stop))
            if (FlowJson.TryRead(flow.Json, out var definition, out _))
                foreach (var prompt in FlowPrompts.Of(definition).AsEnumerable()) uses.Add((prompt, new(PromptUser.Flow, flow.Id, flow.Name)));
        await foreach (var queue in store.All<QueueSettings>(tenant, stop))
        {
            uses.Add((queue.Music, new(PromptUser.Queue, queue.Id, queue.Name)));
            if (queue.WhisperPrompt is { } whisper && whisper != queue.Music) uses.Add((whisper, new(PromptUser.Queue, queue.Id, queue.Name)));
        }
        return uses.ToLookup(one => one.Prompt, one => one.Use);
    }

    /// <summary>Whether there is a prompt of that id, the tenant's own or a shipped one.</summary>
    public static async Task<bool> HasPrompt(this IConfigurationStore store, TenantId tenant, string prompt, IPromptStudio studio, CancellationToken stop) =>
        studio.Shipped.Contains(prompt) || await store.Find<PromptSettings>(tenant, prompt, stop) is not null;
}

internal enum PromptUser { Flow, Queue }

/// <summary>A flow that plays a prompt, or a queue whose music or whisper it is.</summary>
internal sealed record PromptUse(PromptUser Kind, string Id, string Name);
