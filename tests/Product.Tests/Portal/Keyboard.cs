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
        throw new InvalidOperationException($"{name} is not reached by {Far} tabs; the page says: {(await page.Tab.Run("document.body.innerText.slice(0, 1000)")).GetString()}");
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

    /// <summary>Takes a choice of a select, by arrows; in a long one what is sought is typed first.</summary>
    public async Task Choose(string name, string choice, string typed = "")
    {
        await To(name);
        await page.Tab.Press("ArrowDown");
        if (typed.Length > 0) await page.Tab.Type(typed);
        await page.Tab.Run($"until({Text(choice)}, () => [...document.querySelectorAll('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option')].some((e) => e.innerText.trim() === {Text(choice)})).then(() => 1)");
        for (var n = 0; n < Far; n++)
        {
            if ((await page.Tab.Run($"document.querySelector('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option-active')?.innerText.trim() === {Text(choice)}")).GetBoolean())
            {
                await page.Tab.Press("Enter");
                return;
            }
            await page.Tab.Press("ArrowDown");
        }
        throw new InvalidOperationException($"{choice} of {name} is not reached by arrows");
    }

    /// <summary>What has the focus, of the whole round of an open form: each name once.</summary>
    public async Task<HashSet<string>> Round()
    {
        var names = new HashSet<string>();
        for (var n = 0; n < Far; n++)
        {
            await page.Tab.Press("Tab");
            if (!names.Add((await page.Tab.Run("`${nameOf(document.activeElement)}#${document.activeElement.id}`")).GetString()!) && n > 2 * names.Count) break;
        }
        return names;
    }

    static string Text(string text) => JsonSerializer.Serialize(text);
}
