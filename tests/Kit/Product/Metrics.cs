using System.Globalization;

namespace CallCenter.Kit.Product;

/// <summary>Prometheus' text format, as far as a test needs it.</summary>
public static class Metrics
{
    /// <summary>The sum of all samples of one name; null without any.</summary>
    public static double? Read(string text, string name)
    {
        double? sum = null;
        foreach (var line in text.Split('\n'))
        {
            if (!line.StartsWith(name, StringComparison.Ordinal) || line.Length == name.Length || line[name.Length] is not (' ' or '{')) continue;
            var value = line[(line.LastIndexOf('}') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            sum = (sum ?? 0) + double.Parse(value[line.Contains('{') ? 0 : 1], CultureInfo.InvariantCulture);
        }
        return sum;
    }
}
