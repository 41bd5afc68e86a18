namespace CallCenter.Api.Http;

/// <summary>What all resources of configuration answer alike.</summary>
internal static class SettingAnswers
{
    public static async Task<Results<Tagged<TView>, ProblemHttpResult>> Show<T, TView>(this IConfigurationStore store, TenantId owner, string id, string what, Func<T, TView> view, CancellationToken stop) where T : class, ISetting =>
        await store.Find<T>(owner, id, stop) is { } setting ? new Tagged<TView>(view(setting), setting.Version) : Problems.NotFound(what);

    public static async Task<Listed<TView>> Page<T, TView>(this IConfigurationStore store, TenantId owner, Paging paging, Func<T, TView> view, CancellationToken stop) where T : class, ISetting =>
        (await store.List<T>(owner, paging.After, paging.Count, stop)).Seen(view);

    public static async Task<Listed<TView>> Page<T, TView>(this IConfigurationStore store, TenantId owner, Paging paging, Sought sought, Func<T, TView> view, CancellationToken stop) where T : class, ISetting =>
        sought.Text is { } text ? (await store.Search<T>(owner, text, paging.After, paging.Count, stop)).Seen(view) : await store.Page(owner, paging, view, stop);

    public static Listed<TView> Seen<T, TView>(this Page<T> page, Func<T, TView> view) => new(page.Items.Select(view).ToItems(), page.Next);

    /// <summary>All rows of an owner.</summary>
    public static async Task<Dictionary<string, T>> ById<T>(this IConfigurationStore store, TenantId owner, CancellationToken stop) where T : class, ISetting
    {
        var known = new Dictionary<string, T>();
        await foreach (var setting in store.All<T>(owner, stop)) known[setting.Id] = setting;
        return known;
    }

    /// <summary>Checks a setting and writes it.</summary>
    /// <param name="references">Faults that the setting alone cannot know: what it names is not there.</param>
    public static async Task<Results<Tagged<TView>, ProblemHttpResult>> Save<T, TView>(this IConfigurationStore store, T setting, Items<Fault> references, Caller caller, Precondition condition, Func<T, TView> view, CancellationToken stop) where T : class, ISetting
    {
        var faults = setting.Check().AddRange(references);
        if (!faults.IsEmpty) return Problems.Invalid(faults);
        var written = await store.Put(setting, caller.Author, condition.Expected, stop);
        return written.Setting is { } stored ? new Tagged<TView>(view(stored), stored.Version, isNew: stored.Version == 1) : Refused(written.Refusal);
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> Remove<T>(this IConfigurationStore store, TenantId owner, string id, Caller caller, CancellationToken stop) where T : class, ISetting =>
        await store.Delete<T>(owner, id, caller.Author, stop) is { } refusal ? refusal.ToProblem() : TypedResults.NoContent();

    public static ProblemHttpResult Refused(Refusal? refusal) => (refusal ?? throw new InvalidOperationException("a write must give a row or a refusal")).ToProblem();
}
