using System.Globalization;
using CallCenter.Api.Access;

namespace CallCenter.Api.Tests.Access;

/// <summary>A code of the second factor that opens nothing: three of a million do at any time.</summary>
static class WrongCode
{
    public static string Now(byte[] secret, TimeProvider clock)
    {
        var now = Totp.StepAt(clock.GetUtcNow());
        var good = new[] { now - 1, now, now + 1 }.Select(step => Totp.Code(secret, step)).ToHashSet();
        return Enumerable.Range(0, 4).Select(n => n.ToString("d6", CultureInfo.InvariantCulture)).First(code => !good.Contains(code));
    }
}
