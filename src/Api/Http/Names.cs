using System.Globalization;
using System.Text.Json;

namespace CallCenter.Api.Http;

/// <summary>The words of the API for values of ours: camelCase.</summary>
internal static class Names
{
    public static string Of<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
