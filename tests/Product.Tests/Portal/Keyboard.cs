using System.Text.Json;

namespace CallCenter.Product.Tests.Portal;

/// <summary>The portal by keys alone: Tab, arrows, Enter, Escape, space and letters.</summary>
sealed class Keyboard(PortalPage page)
{
    /// <summary>A form has fewer fields, and a page with some rows fewer buttons.</summary>
    const int Far = 120;

    /// <summary>Tabs on until what has the focus is called so.</summary>
    public async Task To(string name)
    {
        for (var n = 0; n < Far; n++)
        {
            if ((await page.Tab.Run($"nameOf(document.activeElement) === {Text(name)}")).GetBoolean()) return;
            await page.Tab.Press("Tab");
        }
        throw new InvalidOperationException($"{name} is not reached by {Far} tabs; the page says: {(await page.Tab.Run("`${document.body.innerText.slice(0, 1000)}; went wrong: ${wentWrong}; ${document.body.innerHTML.slice(0, 1000)}`")).GetString()}");
    }

    public async Task Press(string name)
    {
        await To(name);
        await page.Tab.Press("Enter");
    }

    /// <summary>Puts a text in place of what stands there.</summary>
    public async Task Say(string name, string text)
    {
        await To(name);
        await page.Tab.Run("document.activeElement.select?.()"); // as Ctrl+A does
        await page.Tab.Type(text);
    }

    /// <summary>Switches what is on or off.</summary>
    public async Task Switch(string name)
    {
        await To(name);
        await page.Tab.Press(" ");
    }

    /// <summary>Takes a choice of a select, by arrows; in a long one what is sought is typed first, and nothing else is shown then.</summary>
    public async Task Choose(string name, string choice, string typed = "")
    {
        await To(name);
        await page.Tab.Press("ArrowDown");
        if (typed.Length > 0) await page.Tab.Type(typed);
        await page.Tab.Run($"until({Text(choice)}, () => [...document.querySelectorAll('{Shown}')].some((e) => e.innerText.includes({Text(choice)})) && [...document.querySelectorAll('{Shown}')].every((e) => e.innerText.toLowerCase().includes({Text(typed.ToLowerInvariant())}))).then(() => 1)");
        for (var n = 0; n < Far; n++)
        {
            if ((await page.Tab.Run($"new Promise((drawn) => requestAnimationFrame(drawn)).then(() => !!document.querySelector('{Shown}-active')?.innerText.includes({Text(choice)}))")).GetBoolean())
            {
                await page.Tab.Press("Enter");
                return;
            }
            await page.Tab.Press("ArrowDown");
        }
        throw new InvalidOperationException($"{choice} of {name} is not reached by arrows");
    }

    /// <summary>Tabs through an open form until all these have had the focus; those that never had it. A field of a time takes several tabs.</summary>
    public async Task<IReadOnlyCollection<string>> Misses(IEnumerable<string> fields)
    {
        var left = fields.ToHashSet();
        for (var n = 0; n < 2 * Far && left.Count > 0; n++)
        {
            left.Remove((await page.Tab.Run(Focused)).GetString()!);
            await page.Tab.Press("Tab");
        }
        return left;
    }

    /// <summary>Name and id of what has the focus.</summary>
    const string Focused = "`${nameOf(document.activeElement)}#${document.activeElement.id}`";

    const string Shown = ".ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option";

    static string Text(string text) => JsonSerializer.Serialize(text);
}
