namespace CallCenter.Product.Tests;

/// <summary>People take their time: they listen, think and talk.</summary>
static class Pause
{
    public static Task For(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), TestContext.Current.CancellationToken);
}
