using System.Text.Json;

namespace CallCenter.Kit.Browsers;

/// <summary>A real browser without a window, as a process of its own with a profile of its own.</summary>
public interface IBrowser : IAsyncDisposable
{
    /// <summary>What it calls itself, with its version.</summary>
    string Version { get; }

    /// <summary>Opens a page in a tab of its own and waits until it is loaded.</summary>
    /// <param name="first">Runs in every document of the tab before its own scripts.</param>
    Task<IBrowserPage> Open(Uri address, string first = "");
}

/// <summary>A tab.</summary>
public interface IBrowserPage
{
    /// <summary>The value of an expression in the page, awaited if it is a promise. What is thrown there fails here.</summary>
    Task<JsonElement> Run(string expression);

    /// <summary>Loads the page again: whatever it held is gone.</summary>
    Task Reload();

    /// <summary>Closes the tab at once, as a user does: the page has no time to take its leave.</summary>
    Task Close();
}
