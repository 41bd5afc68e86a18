namespace CallCenter.Product.Tests;

/// <summary>The demo's numbers.</summary>
static class Numbers
{
    /// <summary>acme: notice, greeting, menu (1 sales, 2 support).</summary>
    public const string AcmeMenu = "4008001001";

    /// <summary>acme: queue sales at once (recorded).</summary>
    public const string AcmeSales = "4008001002";

    /// <summary>acme: queue all at once (not recorded).</summary>
    public const string AcmeAll = "4008001003";

    /// <summary>globex: as acme's menu.</summary>
    public const string GlobexMenu = "4008002001";
}
